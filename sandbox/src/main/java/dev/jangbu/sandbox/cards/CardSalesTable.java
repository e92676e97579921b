package dev.jangbu.sandbox.cards;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The source table {@value #NAME}, of MariaDB or MySQL. */
public final class CardSalesTable {
    public static final String NAME = "platform_sales";

    /** Makes it. */
    public static final String CREATE = """
            CREATE TABLE platform_sales (
                id BIGINT NOT NULL PRIMARY KEY,
                created DATETIME(6) NOT NULL,
                modified DATETIME(6) NOT NULL,
                remark VARCHAR(200) NULL,
                num_approval VARCHAR(32) NOT NULL,
                card_company VARCHAR(40) NOT NULL,
                card_category VARCHAR(20) NOT NULL,
                card_number VARCHAR(32) NOT NULL,
                amount_sale DECIMAL(14, 0) NOT NULL,
                amount_fee DECIMAL(14, 0) NULL,
                amount_deposit DECIMAL(14, 0) NULL,
                is_canceled TINYINT(1) NOT NULL,
                sold_at DATETIME(6) NOT NULL,
                will_deposited_at DATETIME(6) NULL,
                raw_data TEXT NOT NULL,
                platform VARCHAR(20) NOT NULL,
                daily_sale_id BIGINT NULL,
                store_id BIGINT NOT NULL,
                result_code VARCHAR(10) NOT NULL,
                result_msg VARCHAR(200) NOT NULL,
                extra_payment_id VARCHAR(64) NULL,
                detail_status VARCHAR(40) NOT NULL,
                processing_status VARCHAR(40) NOT NULL,
                INDEX platform_sales_modified_id (modified, id)
            ) DEFAULT CHARACTER SET utf8mb4
            """;

    private static final String LOAD =
            "LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + NAME + " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t'";

    private CardSalesTable() {}

    static boolean isThere(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(connection.getCatalog(), null, NAME, null)) {
            return tables.next();
        }
    }

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + NAME);
            statement.execute(CREATE);
        }
    }

    /** Adds rows, as {@link RowText} writes them. */
    static void load(Connection connection, CharSequence lines) throws SQLException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        try (Statement statement = connection.createStatement()) {
            statement
                    .unwrap(org.mariadb.jdbc.Statement.class)
                    .setLocalInfileInputStream(new ByteArrayInputStream(bytes));
            statement.execute(LOAD);
        }
    }
}
