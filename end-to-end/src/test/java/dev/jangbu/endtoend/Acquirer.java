package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.cards.CardSalesTable;
import dev.jangbu.testkit.TestMariaDb;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** An acquirer's table of card sales, with rows as a test wants them. */
final class Acquirer {
    private final TestMariaDb database;

    private Acquirer(TestMariaDb database) {
        this.database = database;
    }

    /** With an empty table. */
    static Acquirer of(TestMariaDb database) {
        database.execute(CardSalesTable.CREATE);
        return new Acquirer(database);
    }

    TestMariaDb database() {
        return database;
    }

    /** @param rows a query of id, store_id, sold_at, amount and card, the last digits; changed five seconds after it was sold */
    Acquirer sell(String rows) {
        return sell(rows, "sold_at + INTERVAL 5 SECOND", "'{}'");
    }

    /**
     * @param modified as SQL
     * @param raw the terminal's message, as SQL
     */
    Acquirer sell(String rows, String modified, String raw) {
        database.execute("""
                INSERT INTO platform_sales
                SELECT
                    id, sold_at + INTERVAL 4 SECOND, %s, NULL, CONCAT(10000000 + id), '신한카드', '신용',
                    CONCAT('5310-12**-****-', LPAD(card, 4, '0')), amount, NULL, NULL, 0, sold_at, NULL, %s, 'VAN_NICE',
                    NULL, store_id, '0000', '정상승인', NULL, 'APPROVED', 'WAITING'
                FROM (%s) AS sale""".formatted(modified, raw, rows));
        return this;
    }

    /** @param which a condition; {@code modified} as SQL */
    Acquirer cancel(String which, String modified) {
        database.execute("UPDATE platform_sales SET is_canceled = 1, result_msg = '취소완료', detail_status = 'CANCELED',"
                + " modified = " + modified + " WHERE " + which);
        return this;
    }

    String value(String sql) {
        return database.value(sql);
    }

    /** What its stores took day by day, by its own arithmetic: what the mart must say. */
    List<String> days() {
        return database.rows("""
                SELECT
                    DATE(sold_at), store_id, SUM(IF(is_canceled, 0, amount_sale)) AS total, SUM(NOT is_canceled) AS payments,
                    SUM(is_canceled) AS canceled, SUM(IF(is_canceled, amount_sale, 0)) AS canceled_amount,
                    COUNT(DISTINCT IF(is_canceled, NULL, card_number)) AS cards
                FROM platform_sales
                GROUP BY DATE(sold_at), store_id
                ORDER BY DATE(sold_at), store_id""");
    }

    /** Whether a page of sales is being handed over. */
    boolean isRead(Connection administrator) throws SQLException {
        try (PreparedStatement readers = administrator.prepareStatement(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE user = ? AND info LIKE 'SELECT id, created%'")) {
            readers.setString(1, database.user());
            try (ResultSet row = readers.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getLong(1) == 1;
            }
        }
    }
}
