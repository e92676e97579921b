package dev.jangbu.extract.ably;

import dev.jangbu.extract.http.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where in a table each column is, found by its heading. */
final class Columns {
    private static final String QUANTITY = "수량";
    private static final String PHONE = "연락처";

    /** The names in the landing. */
    static final Set<String> NAMES = Set.of("결제일", "상품주문번호", "주문번호", "상품명", "옵션", QUANTITY, "결제금액", PHONE, "주문상태");

    private static final Set<String> OPTIONAL = Set.of(QUANTITY, PHONE);
    private static final int SHORTEST_PHONE = 9;

    private final List<String> headings;
    private final Layout layout;

    private Columns(List<String> headings, Layout layout) {
        this.headings = headings;
        this.layout = layout;
    }

    /**
     * The columns of a table.
     *
     * @param place of the table, for a message
     * @throws dev.jangbu.kit.exit.JobFailure of {@link FailureKind#LAYOUT_CHANGED} when one is missing that must be there
     */
    static Columns of(List<String> headings, Layout layout, String place) {
        Columns columns = new Columns(headings.stream().map(Columns::plain).toList(), layout);
        Set<String> missing = new LinkedHashSet<>();
        for (String name : NAMES.stream().sorted().toList()) {
            if (columns.at(name) < 0 && !OPTIONAL.contains(name)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw FailureKind.LAYOUT_CHANGED.failure(place + ": headings: " + columns.headings + " (expected: also "
                    + String.join(", ", missing) + ", or their other names in " + Layout.SETTING + ")");
        }
        return columns;
    }

    /** The heading's place; negative where there is none. */
    int at(String name) {
        List<Integer> places = new ArrayList<>();
        for (String heading : layout.columns().getOrDefault(name, List.of())) {
            places.add(headings.indexOf(heading));
        }
        return places.stream().filter(place -> place >= 0).findFirst().orElse(-1);
    }

    /**
     * A row of the table.
     *
     * @param keys the pseudonym of a phone number's digits
     */
    SoldLine line(List<String> cells, Function<@Nullable String, @Nullable String> keys) {
        return new SoldLine(
                text(cells, "결제일"),
                text(cells, "상품주문번호"),
                text(cells, "주문번호"),
                text(cells, "상품명"),
                text(cells, "옵션"),
                at(QUANTITY) < 0 ? null : text(cells, QUANTITY),
                text(cells, "결제금액"),
                text(cells, "주문상태"),
                keys.apply(at(PHONE) < 0 ? null : digits(text(cells, PHONE))));
    }

    private String text(List<String> cells, String name) {
        int place = at(name);
        return place < cells.size() ? cells.get(place).strip() : "";
    }

    /** Of a whole number only: one with stars in it is somebody else's as well. */
    private static @Nullable String digits(String phone) {
        String digits = phone.replaceAll("[^0-9]", "");
        return phone.contains("*") || digits.length() < SHORTEST_PHONE ? null : digits;
    }

    private static String plain(String heading) {
        return heading.replaceAll("\\s+", " ").strip();
    }
}
