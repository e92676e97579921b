package dev.jangbu.sandbox.cards;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** The same table without a database: its rows as lines, for whoever measures what is found of what is planted. */
public final class CardSalesLines {
    private final Settings settings;

    /**
     * @param ending the last day
     * @param plant incidents of each rule, and as many near-misses of those that have any
     * @throws IllegalArgumentException where a number is out of its range
     */
    public CardSalesLines(int stores, int days, long seed, LocalDate ending, int plant) {
        this.settings = new Settings(stores, days, seed, ending, 0, plant);
    }

    /** Receives a row, in the table's order. */
    @FunctionalInterface
    public interface Reader {
        /**
         * @param line the columns of {@link CardSalesTable#CREATE} between tabs, NULL as {@code \N}, with a line feed
         * @param planted the rule the row is made to break; empty for an honest one
         * @param near the rule an honest row was made to come near to; empty for any other
         */
        void row(long id, String line, String planted, String near) throws IOException;
    }

    /** Hands over every row, day by day; memory holds one. */
    public void read(Reader reader) throws IOException {
        Plan plan = new Plan(settings);
        long id = 0;
        for (int day = 0; day < settings.days(); day++) {
            for (Sale sale : inOrder(plan.day(day))) {
                StringBuilder line = new StringBuilder();
                id++;
                new RowText(line).append(id, sale);
                Sale.Mark mark = sale.mark();
                String rule = mark == null ? "" : mark.rule().label();
                boolean isPlanted = mark != null && mark.isPlanted();
                reader.row(id, line.toString(), isPlanted ? rule : "", isPlanted ? "" : rule);
            }
        }
    }

    private static List<Sale> inOrder(List<Sale> sales) {
        return sales.stream()
                .sorted(Comparator.comparingLong(Sale::created)
                        .thenComparingLong(sale -> sale.store().id())
                        .thenComparingLong(Sale::salt))
                .toList();
    }
}
