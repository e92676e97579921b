package dev.jangbu.mart.anomalies;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A store's sales of a day that do not fit.
 *
 * @param sales how many
 * @param byRule how many by each rule; a sale may break several
 * @param largest at most {@value #MOST_SHOWN}, the largest first
 */
record StoreAnomalies(
        String accountId, long storeId, int sales, SortedMap<String, Integer> byRule, List<OddSale> largest) {
    static final int MOST_SHOWN = 3;

    /** The store with the largest sale first. */
    static final Comparator<StoreAnomalies> BY_LARGEST = Comparator.comparing(StoreAnomalies::mostWon)
            .reversed()
            .thenComparing(StoreAnomalies::accountId)
            .thenComparing(StoreAnomalies::storeId);

    private static final Comparator<OddSale> LARGEST_FIRST =
            Comparator.comparing(OddSale::amountSale).reversed().thenComparing(OddSale::saleId);

    static StoreAnomalies of(String accountId, long storeId, List<OddSale> sales) {
        SortedMap<String, Integer> byRule = new TreeMap<>();
        sales.forEach(sale -> sale.breaks().forEach(broken -> byRule.merge(broken.rule(), 1, Integer::sum)));
        List<OddSale> largest =
                sales.stream().sorted(LARGEST_FIRST).limit(MOST_SHOWN).toList();
        return new StoreAnomalies(accountId, storeId, sales.size(), byRule, largest);
    }

    private BigDecimal mostWon() {
        return largest.stream().map(OddSale::amountSale).findFirst().orElse(BigDecimal.ZERO);
    }

    /** Such as {@code over_twice_week 2, outside_hours 1}. */
    String rulesText() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Integer> rule : byRule.entrySet()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(rule.getKey())
                    .append(' ')
                    .append(rule.getValue());
        }
        return text.toString();
    }
}
