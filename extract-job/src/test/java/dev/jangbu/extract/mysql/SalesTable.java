package dev.jangbu.extract.mysql;

import dev.jangbu.testkit.TestMariaDb;

/** The source's table, with rows of which each column follows from the id. */
final class SalesTable {
    private final TestMariaDb database;

    private SalesTable(TestMariaDb database) {
        this.database = database;
    }

    /** The one that is there. */
    static SalesTable of(TestMariaDb database) {
        return new SalesTable(database);
    }

    static SalesTable create(TestMariaDb database) {
        database.execute("""
                CREATE TABLE platform_sales (
                    id BIGINT PRIMARY KEY, created DATETIME(6), modified DATETIME(6), remark VARCHAR(200),
                    num_approval VARCHAR(32), card_company VARCHAR(40), card_category VARCHAR(20),
                    card_number VARCHAR(32), amount_sale DECIMAL(14, 0), amount_fee DECIMAL(14, 0),
                    amount_deposit DECIMAL(14, 0), is_canceled TINYINT(1), sold_at DATETIME(6),
                    will_deposited_at DATETIME(6), raw_data TEXT, platform VARCHAR(20), daily_sale_id BIGINT,
                    store_id BIGINT, result_code VARCHAR(10), result_msg VARCHAR(200), extra_payment_id VARCHAR(64),
                    detail_status VARCHAR(40), processing_status VARCHAR(40),
                    KEY modified_id (modified, id)
                ) CHARACTER SET utf8mb4""");
        return new SalesTable(database);
    }

    /** Rows of these ids, modified at a time that is told as SQL, which may use {@code seq}, the id. */
    SalesTable add(int first, int last, String modified) {
        database.execute("""
                INSERT INTO platform_sales
                SELECT
                    seq, '2026-01-02 10:00:00.123456', %3$s, NULL, CONCAT('a', seq), '신한카드', 'CREDIT',
                    '5310-12**-****-3456', 1000 * seq, 20 * seq, 980 * seq, 0,
                    '2026-01-02 10:00:00' + INTERVAL seq SECOND, NULL, '{"pos":1}', 'VAN', NULL, 50, '0000', '정상',
                    NULL, 'DONE', 'SETTLED'
                FROM seq_%1$d_to_%2$d""".formatted(first, last, modified));
        return this;
    }

    /** Rows of these ids a second after one another. */
    SalesTable add(int first, int last) {
        return add(first, last, "'2026-01-02 10:00:00' + INTERVAL seq SECOND");
    }
}
