package dev.jangbu.sandbox.cards;

import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Fills the table day by day, and writes what is planted, and what comes near to it, beside it; memory holds two. */
final class Filling {
    private static final int ROWS_AT_ONCE = 50_000;
    private static final int LETTERS_A_ROW = 420;

    private final Connection connection;
    private final Writer planted;
    private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);
    private final Map<Rule, Long> nearMisses = new EnumMap<>(Rule.class);
    private long rows;

    Filling(Connection connection, Writer planted) {
        this.connection = connection;
        this.planted = planted;
        for (Rule rule : Rule.values()) {
            counts.put(rule, 0L);
        }
    }

    void fill(Settings settings) throws SQLException, IOException {
        Plan plan = new Plan(settings);
        CardSalesTable.create(connection);
        // A day is drawn while the one before goes to the database.
        CompletableFuture<List<Sale>> next = CompletableFuture.supplyAsync(() -> sorted(plan.day(0)));
        for (int day = 1; day <= settings.days(); day++) {
            List<Sale> sales = next.join();
            int following = day;
            if (day < settings.days()) {
                next = CompletableFuture.supplyAsync(() -> sorted(plan.day(following)));
            }
            for (int from = 0; from < sales.size(); from += ROWS_AT_ONCE) {
                load(sales.subList(from, Math.min(sales.size(), from + ROWS_AT_ONCE)));
            }
        }
        planted.flush();
    }

    private static List<Sale> sorted(List<Sale> sales) {
        sales.sort(Comparator.comparingLong(Sale::created)
                .thenComparingLong(sale -> sale.store().id())
                .thenComparingLong(Sale::salt));
        return sales;
    }

    long rows() {
        return rows;
    }

    /** How many rows are planted, by rule. */
    Map<Rule, Long> counts() {
        return counts;
    }

    /** How many honest rows come near to a rule, by rule. */
    Map<Rule, Long> nearMisses() {
        return nearMisses;
    }

    private void load(List<Sale> sales) throws SQLException, IOException {
        StringBuilder lines = new StringBuilder(sales.size() * LETTERS_A_ROW);
        RowText text = new RowText(lines);
        for (Sale sale : sales) {
            rows++;
            text.append(rows, sale);
            if (sale.mark() != null) {
                tell(rows, sale, sale.mark());
            }
        }
        CardSalesTable.load(connection, lines);
    }

    private void tell(long id, Sale sale, Sale.Mark mark) throws IOException {
        (mark.isPlanted() ? counts : nearMisses).merge(mark.rule(), 1L, Long::sum);
        StringBuilder line = new StringBuilder()
                .append(mark.isPlanted() ? "{\"rule\":\"" : "{\"near_miss\":\"")
                .append(mark.rule().label())
                .append("\",\"sale_id\":")
                .append(id)
                .append(",\"store_id\":")
                .append(sale.store().id())
                .append(",\"sold_at\":\"");
        Times.append(line, sale.soldAt(), 'T');
        planted.append(line.append("\",\"note\":\"").append(mark.note()).append("\"}\n"));
    }
}
