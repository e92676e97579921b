package dev.jangbu.extract.onlineretail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvoicesTest {
    private static final LocalDateTime NINE = LocalDateTime.of(2010, 12, 1, 9, 0);

    @Test
    void aCancellationIsTakenOffTheLatestSaleFirstAndOffSeveral() {
        Invoices invoices = Invoices.of(List.of(
                line("1", 1, "MUG", "4", 0, "anna"),
                line("2", 1, "MUG", "3", 1, "anna"),
                line("3", 1, "MUG", "2", 2, "anna"),
                line("C4", 1, "MUG", "-4", 3, "anna")));

        assertThat(told(invoices)).containsExactly("1/1 4-0 null", "2/1 3-2 C4", "3/1 2-2 C4");
        assertThat(invoices.unmatched()).isEmpty();
        assertThat(invoices.cancellations()).isEqualTo(1);
    }

    @Test
    void aLineIsTakenOffWholeOrNotAtAll() {
        Invoices invoices =
                Invoices.of(List.of(line("1", 1, "MUG", "4", 0, "anna"), line("C2", 1, "MUG", "-5", 1, "anna")));

        assertThat(told(invoices)).containsExactly("1/1 4-0 null");
        assertThat(reasons(invoices)).containsExactly("C2 not_enough_left");
    }

    @Test
    void whatWasTakenBackIsNotTakenBackAgain() {
        Invoices invoices = Invoices.of(List.of(
                line("1", 1, "MUG", "4", 0, "anna"),
                line("C2", 1, "MUG", "-3", 1, "anna"),
                line("C3", 1, "MUG", "-1", 2, "anna"),
                line("C4", 1, "MUG", "-1", 3, "anna")));

        assertThat(told(invoices)).containsExactly("1/1 4-4 C3");
        assertThat(reasons(invoices)).containsExactly("C4 not_enough_left");
    }

    @Test
    void onlyAnEarlierSaleOfTheSameStockCodeToTheSameCustomerCounts() {
        Invoices invoices = Invoices.of(List.of(
                line("C1", 1, "MUG", "-1", 0, "anna"),
                line("2", 1, "MUG", "9", 1, "anna"),
                line("3", 1, "CUP", "9", 1, "anna"),
                line("C4", 1, "MUG", "-1", 2, "bert"),
                line("C5", 1, "POT", "-1", 2, "anna"),
                line("C6", 1, "MUG", "-1", 2, ""),
                line("C7", 1, "MUG", "2", 2, "anna"),
                line("C8", 1, "MUG", "one", 2, "anna")));

        assertThat(told(invoices)).containsExactly("2/1 9-0 null", "3/1 9-0 null");
        assertThat(reasons(invoices))
                .containsExactly(
                        "C1 no_earlier_sale",
                        "C4 no_earlier_sale",
                        "C5 no_earlier_sale",
                        "C6 no_customer",
                        "C7 unreadable",
                        "C8 unreadable");
    }

    @Test
    void theOrderOfTheFilesIsNotThatOfTime() {
        Invoices invoices = Invoices.of(List.of(
                line("C2", 1, "MUG", "-1", 5, "anna"),
                line("1", 1, "MUG", "1", 4, "anna"),
                line("1", 2, "MUG", "1", 4, "anna")));

        assertThat(told(invoices)).containsExactly("1/1 1-0 null", "1/2 1-1 C2");
    }

    @Test
    void aSaleOfNothingHasNothingToTakeBack() {
        Invoices invoices =
                Invoices.of(List.of(line("1", 1, "MUG", "-4", 0, "anna"), line("C2", 1, "MUG", "-1", 1, "anna")));

        assertThat(told(invoices)).containsExactly("1/1 0-0 null");
        assertThat(reasons(invoices)).containsExactly("C2 not_enough_left");
        Sale sale = new Sale(line("1", 1, "MUG", "2", 0, "anna"));
        assertThatThrownBy(() -> sale.takeBack(3, line("C2", 1, "MUG", "-3", 1, "anna")))
                .hasMessage("pieces: 3 (expected: at most 2)");
    }

    /** However the lines come: no line is taken off twice, and none by more than it sold. */
    @ParameterizedTest
    @MethodSource("seeds")
    void piecesAddUp(long seed) {
        Random chance = new Random(seed);
        List<InvoiceLine> lines = new ArrayList<>();
        for (int number = 0; number < 200; number++) {
            boolean back = chance.nextInt(3) == 0;
            int pieces = 1 + chance.nextInt(6);
            lines.add(line(
                    (back ? "C" : "") + number,
                    1,
                    chance.nextBoolean() ? "MUG" : "CUP",
                    String.valueOf(back ? -pieces : pieces),
                    chance.nextInt(500),
                    Arrays.asList("", "anna", "bert").get(chance.nextInt(3))));
        }

        Invoices invoices = Invoices.of(lines);

        List<Sale> sales = invoices.orders().stream().flatMap(List::stream).toList();
        assertThat(sales).as("seed " + seed).allMatch(sale -> sale.canceled() >= 0 && sale.left() >= 0);
        long matched = pieces(lines.stream().filter(InvoiceLine::isCancellation))
                - pieces(invoices.unmatched().stream().map(Unmatched::line));
        assertThat(sales.stream().mapToLong(Sale::canceled).sum())
                .as("seed " + seed)
                .isEqualTo(-matched);
        assertThat(sales)
                .as("seed " + seed)
                .allMatch(sale -> sale.canceledAt() == null
                        || !sale.canceledAt().isBefore(sale.line().at()));
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static long pieces(Stream<InvoiceLine> lines) {
        return lines.mapToLong(line -> line.pieces().orElseThrow()).sum();
    }

    private static List<String> told(Invoices invoices) {
        return invoices.orders().stream()
                .flatMap(List::stream)
                .map(sale -> sale.line().invoice() + "/" + sale.line().line() + " " + (sale.left() + sale.canceled())
                        + "-" + sale.canceled() + " " + sale.cancelInvoice())
                .toList();
    }

    private static List<String> reasons(Invoices invoices) {
        return invoices.unmatched().stream()
                .map(each -> each.line().invoice() + " " + each.reason().word())
                .toList();
    }

    private static InvoiceLine line(
            String invoice, int number, String stockCode, String quantity, int minutes, String customer) {
        LocalDateTime at = NINE.plusMinutes(minutes);
        return new InvoiceLine(
                invoice, number, stockCode, "a thing", quantity, at.toString(), at, "2.50", customer, "Iceland");
    }
}
