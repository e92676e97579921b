package dev.jangbu.faults.oracle;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up invoices of a wholesaler in the columns of UCI Online Retail. Every third of the earlier part is taken back in
 * part or in whole by a later one.
 */
final class Invoices {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final LocalDateTime FIRST = LocalDateTime.of(2010, 12, 1, 8, 0);
    private static final int CUSTOMERS = 400;
    private static final int ARTICLES = 900;
    private static final int MOST_LINES = 6;

    private final Random random;
    private final List<String> earlier = new ArrayList<>();
    private final List<String> later = new ArrayList<>();

    private Invoices(long seed) {
        this.random = new Random(seed);
    }

    /** @param count invoices, three of four of them in the earlier part */
    static Invoices of(int count, long seed) {
        Invoices invoices = new Invoices(seed);
        int first = count * 3 / 4;
        for (int number = 0; number < count; number++) {
            invoices.sell(number, number < first ? invoices.earlier : invoices.later, number < first);
        }
        return invoices;
    }

    /** The earlier part alone. */
    Path writeEarlier(Path file) throws IOException {
        return write(file, earlier);
    }

    /** Both parts, and what the later one takes back. */
    Path writeAll(Path file) throws IOException {
        List<String> all = new ArrayList<>(earlier);
        all.addAll(later);
        return write(file, all);
    }

    private void sell(int number, List<String> part, boolean isEarlier) {
        LocalDateTime at = FIRST.plusMinutes(7L * number);
        int customer = 12_000 + number % CUSTOMERS;
        int lines = 1 + random.nextInt(MOST_LINES);
        for (int line = 0; line < lines; line++) {
            String article = String.valueOf(20_000 + (number * 31 + line * 7) % ARTICLES);
            int quantity = 1 + random.nextInt(12);
            String price = BigDecimal.valueOf(50 + random.nextInt(2_000), 2).toPlainString();
            part.add(row(String.valueOf(536_000 + number), article, quantity, at, price, customer));
            if (isEarlier && line == 0 && number % 3 == 0) {
                int taken = 1 + random.nextInt(quantity);
                later.add(row("C" + (636_000 + number), article, -taken, at.plusDays(40), price, customer));
            }
        }
    }

    private static String row(
            String invoice, String article, int quantity, LocalDateTime at, String price, int customer) {
        return String.join(
                ",",
                invoice,
                article,
                "ARTICLE " + article,
                String.valueOf(quantity),
                TIME.format(at),
                price,
                String.valueOf(customer),
                "United Kingdom");
    }

    private static Path write(Path file, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(rows);
        return Files.write(file, lines);
    }
}
