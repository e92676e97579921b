package dev.jangbu.extract.window;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Card sales of an account as they are loaded at one moment, those left out that were seen to have vanished. A row's
 * checksum is of what no door changes: its times, amounts, states; free text and cards are masked on the way in.
 */
public final class LoadedSales implements AutoCloseable {
    /** The first 60 bits of the MD5 of the row's values, as the source works them out too. */
    private static final String CHECKSUM = """
            ('x' || LPAD(LEFT(MD5(CONCAT_WS(
                '|', sale_id, COALESCE(TO_CHAR(created, 'YYYYMMDDHH24MISSUS'), ''),
                COALESCE(TO_CHAR(modified, 'YYYYMMDDHH24MISSUS'), ''), TO_CHAR(sold_at, 'YYYYMMDDHH24MISSUS'),
                COALESCE(TO_CHAR(will_deposited_at, 'YYYYMMDDHH24MISSUS'), ''), (amount_sale * 100)::BIGINT,
                COALESCE((amount_fee * 100)::BIGINT::TEXT, ''), COALESCE((amount_deposit * 100)::BIGINT::TEXT, ''),
                is_canceled::INT, store_id, COALESCE(daily_sale_id::TEXT, ''), COALESCE(num_approval, ''),
                COALESCE(card_company, ''), COALESCE(card_category, ''), COALESCE(platform, ''),
                COALESCE(result_code, ''), COALESCE(extra_payment_id, ''), COALESCE(detail_status, ''),
                COALESCE(processing_status, '')
            )), 15), 16, '0'))::BIT(64)::BIGINT
            """;

    private static final String MONTHS =
            "SELECT TO_CHAR(sold_at, 'YYYY-MM') AS month, COUNT(*), BIT_XOR(" + CHECKSUM + """
                    )
                    FROM ops.v_stored_card_sale
                    WHERE account_id = ? AND vanished_at IS NULL
                    GROUP BY month""";

    private static final String SALES = "SELECT sale_id, " + CHECKSUM + """
            FROM ops.v_stored_card_sale
            WHERE
                account_id = ? AND vanished_at IS NULL AND sale_id > ? AND sale_id <= ?
                AND TO_CHAR(sold_at, 'YYYY-MM') = ?
            ORDER BY sale_id""";

    private static final int FETCHED = 10_000;

    private final Connection snapshot;
    private final String accountId;

    private LoadedSales(Connection snapshot, String accountId) {
        this.snapshot = snapshot;
        this.accountId = accountId;
    }

    /** @param zone of the months */
    static LoadedSales open(Connection connection, String accountId, ZoneId zone) throws SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (PreparedStatement set = connection.prepareStatement("SELECT SET_CONFIG('TimeZone', ?, TRUE)")) {
            set.setString(1, zone.getId());
            set.execute();
        }
        return new LoadedSales(connection, accountId);
    }

    /**
     * What a month has.
     *
     * @param checksum of all its rows, in no order
     */
    public record Month(long rows, long checksum) {
        public static final Month EMPTY = new Month(0, 0);
    }

    /** By the month of the sale, such as {@code 2026-01}. */
    public SortedMap<String, Month> months() throws SQLException {
        try (PreparedStatement select = snapshot.prepareStatement(MONTHS)) {
            select.setString(1, accountId);
            SortedMap<String, Month> months = new TreeMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    months.put(Objects.requireNonNull(row.getString(1)), new Month(row.getLong(2), row.getLong(3)));
                }
            }
            return months;
        }
    }

    /** Told of each sale. */
    public interface Visitor {
        void sale(long id, long checksum);
    }

    /** Sales of a month with ids behind one and up to another, in their order. */
    public void visit(String month, long behind, long upTo, Visitor visitor) throws SQLException {
        try (PreparedStatement select = snapshot.prepareStatement(SALES)) {
            select.setFetchSize(FETCHED);
            select.setString(1, accountId);
            select.setLong(2, behind);
            select.setLong(3, upTo);
            select.setString(4, month);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    visitor.sale(row.getLong(1), row.getLong(2));
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        snapshot.close();
    }
}
