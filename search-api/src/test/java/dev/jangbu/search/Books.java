package dev.jangbu.search;

import dev.jangbu.search.access.KeyText;
import dev.jangbu.testkit.TestDatabase;

/** Two tenants with stores, sales, marts and anomalies, small enough to be read. */
final class Books {
    static final String ACME = "acme";
    static final String OTHER = "umbrella";

    private Books() {}

    /** Store 50 and 51 are acme's, 60 is umbrella's, and both have a store 70. */
    static void write(TestDatabase database) {
        database.execute("""
                SET jangbu.run_id = 'test';
                INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id) VALUES
                    ('mysql-acquirer', 'acme', 'MYSQL', 'platform_sales'),
                    ('mysql-umbrella', 'umbrella', 'MYSQL', 'platform_sales');
                INSERT INTO raw.card_store (account_id, store_id, first_seen_at) VALUES
                    ('mysql-acquirer', 50, '2026-01-01 00:00+09'), ('mysql-acquirer', 51, '2026-01-01 00:00+09'),
                    ('mysql-acquirer', 70, '2026-01-01 00:00+09'), ('mysql-umbrella', 60, '2026-01-01 00:00+09'),
                    ('mysql-umbrella', 70, '2026-01-01 00:00+09');
                INSERT INTO mart.mart_store_daily_spend (tenant_id, account_id, store_id, sale_date, total_sale,
                    payment_count, canceled_count, canceled_amount, unit_price, distinct_cards, refund_count,
                    refund_amount) VALUES
                    ('acme', 'mysql-acquirer', 50, '2026-01-20', 120000, 8, 1, 9000, 15000, 7, 0, 0),
                    ('acme', 'mysql-acquirer', 51, '2026-01-20', 0, 0, 2, 30000, NULL, 0, 0, 0),
                    ('acme', 'mysql-acquirer', 70, '2026-01-20', 10001, 2, 0, 0, 5000.5, 2, 0, 0),
                    ('acme', 'mysql-acquirer', 50, '2026-01-21', 60000, 3, 0, 0, 20000, 3, 0, 0),
                    ('umbrella', 'mysql-umbrella', 60, '2026-01-20', 7000, 1, 0, 0, 7000, 1, 0, 0),
                    ('umbrella', 'mysql-umbrella', 70, '2026-01-20', 9000, 1, 0, 0, 9000, 1, 0, 0);
                INSERT INTO mart.mart_store_weekly_spend (tenant_id, account_id, store_id, sale_date, start_date,
                    end_date, total_sale, payment_count, week_unit_price, is_unknown) VALUES
                    ('acme', 'mysql-acquirer', 50, '2026-01-20', '2026-01-13', '2026-01-19', 700000, 50, 14000, FALSE),
                    ('acme', 'mysql-acquirer', 50, '2026-01-21', '2026-01-14', '2026-01-20', 720000, 50, 14400, FALSE),
                    ('umbrella', 'mysql-umbrella', 60, '2026-01-20', '2026-01-13', '2026-01-19', 7000, 1, 7000, FALSE),
                    ('umbrella', 'mysql-umbrella', 70, '2026-01-20', '2026-01-13', '2026-01-19', 9000, 1, 9000, FALSE);
                """);
    }

    /** Sales 1 to 6 are acme's, 7 and 8 umbrella's, 9 has vanished. */
    static void writeSales(TestDatabase database) {
        database.execute("""
                SET jangbu.run_id = 'test';
                SELECT ops.make_card_sale_part(account_id) FROM ops.account;
                INSERT INTO raw.card_sale (account_id, sale_id, remark, num_approval, card_company, card_number, card_key,
                    amount_sale, is_canceled, sold_at, store_id, result_code, result_msg, sale_date, source_hash,
                    observed_at, vanished_at)
                SELECT
                    t.account_id, t.sale_id, t.remark, t.num_approval, t.card_company, '5310-12**-****-3456',
                    repeat(t.card, 64), t.amount, t.is_canceled, t.sold_at, t.store_id, '0000', t.result_msg,
                    (t.sold_at AT TIME ZONE 'Asia/Seoul')::DATE, repeat('0', 64), '2026-01-31 00:00+09', t.vanished_at
                FROM (VALUES
                    ('mysql-acquirer', 1, NULL, '30010001', '신한카드', 'a', 12000, FALSE, '2026-01-20 00:00:05+09'::TIMESTAMPTZ, 50, '정상 승인', NULL::TIMESTAMPTZ),
                    ('mysql-acquirer', 2, '재결제 요청', '30010002', '신한카드', 'a', 12000, FALSE, '2026-01-20 12:00+09', 50, '정상 승인', NULL),
                    ('mysql-acquirer', 3, NULL, '30020003', '국민카드', 'b', 45000, TRUE, '2026-01-20 12:00+09', 50, '승인 취소', NULL),
                    ('mysql-acquirer', 4, '100% 할인_쿠폰', '40010004', '국민카드', 'b', 99000, FALSE, '2026-01-20 23:59:59.999999+09', 51, '정상 승인', NULL),
                    ('mysql-acquirer', 5, 'corporate lunch', '40010005', 'BC카드', 'c', 150000, FALSE, '2026-01-21 09:00+09', 51, '정상 승인', NULL),
                    ('mysql-acquirer', 6, NULL, '50010006', 'BC카드', 'c', 8000, FALSE, '2026-01-21 10:00+09', 70, '정상 승인', NULL),
                    ('mysql-umbrella', 7, '재결제 요청', '30010007', '신한카드', 'd', 7000, FALSE, '2026-01-20 13:00+09', 60, '정상 승인', NULL),
                    ('mysql-umbrella', 8, NULL, '30010008', '신한카드', 'a', 9000, FALSE, '2026-01-20 14:00+09', 70, '정상 승인', NULL),
                    ('mysql-acquirer', 9, '재결제 요청', '30010009', '신한카드', 'a', 9000, FALSE, '2026-01-20 15:00+09', 50, '정상 승인', '2026-01-25 00:00+09')
                ) AS t (account_id, sale_id, remark, num_approval, card_company, card, amount, is_canceled, sold_at, store_id,
                    result_msg, vanished_at)""");
    }

    /** Two of acme's, of sales 4 and 5, and one of umbrella's, of sale 7. */
    static void writeAnomalies(TestDatabase database) {
        database.execute("""
                INSERT INTO mart.mart_card_anomaly (sale_date, tenant_id, account_id, sale_id, rule, store_id, sold_at,
                    amount_sale, score, expected, evidence) VALUES
                    ('2026-01-20', 'acme', 'mysql-acquirer', 4, 'over_twice_week', 51, '2026-01-20 23:59:59.999999+09',
                        99000, 6.6, 15000, '{"week_unit_price": 15000, "factor": 2}'),
                    ('2026-01-21', 'acme', 'mysql-acquirer', 5, 'outside_hours', 51, '2026-01-21 09:00+09',
                        150000, 3, 12, '{"usual_hours": [11, 12, 13]}'),
                    ('2026-01-20', 'umbrella', 'mysql-umbrella', 7, 'over_twice_week', 60, '2026-01-20 13:00+09',
                        7000, 2.5, 2800, '{}');
                INSERT INTO ops.anomaly_seen (account_id, sale_id, rule, first_seen_at, first_run_id)
                SELECT account_id, sale_id, rule, '2026-01-22 00:10+09', 'mart-1' FROM mart.mart_card_anomaly""");
    }

    /** Four weeks of store 50, for curves. */
    static void writeCourse(TestDatabase database) {
        database.execute("""
                INSERT INTO mart.mart_store_daily_spend (tenant_id, account_id, store_id, sale_date, total_sale,
                    payment_count, canceled_count, canceled_amount, unit_price, distinct_cards, refund_count,
                    refund_amount)
                SELECT 'acme', 'mysql-acquirer', 50, DATE '2026-01-01' + n, (12000 + (n * 37 % 11) * 700) * (40 + n * 13 % 17),
                    40 + n * 13 % 17, n % 3, n % 3 * 9000, 12000 + (n * 37 % 11) * 700, 35 + n * 13 % 17, 0, 0
                FROM generate_series(0, 27) AS n
                ON CONFLICT DO NOTHING;
                INSERT INTO mart.mart_store_weekly_spend (tenant_id, account_id, store_id, sale_date, start_date,
                    end_date, total_sale, payment_count, week_unit_price, is_unknown)
                SELECT 'acme', 'mysql-acquirer', 50, DATE '2026-01-01' + n, DATE '2025-12-25' + n, DATE '2025-12-31' + n,
                    (14500 + n * 60) * 300, 300, 14500 + n * 60, FALSE
                FROM generate_series(0, 27) AS n
                ON CONFLICT DO NOTHING;
                INSERT INTO mart.mart_card_anomaly (sale_date, tenant_id, account_id, sale_id, rule, store_id, sold_at,
                    amount_sale, score, expected, evidence)
                SELECT DATE '2026-01-01' + n, 'acme', 'mysql-acquirer', 500 + n * 10 + m, 'outside_hours', 50,
                    TIMESTAMPTZ '2026-01-01 03:00+09' + n * interval '1 day', 30000 + n * 1000, 5, 11,
                    '{"usual_hours": [11, 12, 13, 18, 19]}'
                FROM generate_series(0, 27, 3) AS n, generate_series(1, 4) AS m""");
    }

    /** A key for all stores of a tenant. */
    static String key(TestDatabase database, String name, String tenant, String role) {
        return key(database, name, tenant, role, "NULL");
    }

    /** @param stores SQL, such as {@code ARRAY[50]} */
    static String key(TestDatabase database, String name, String tenant, String role, String stores) {
        String key = "jangbu_" + name + "-of-a-test";
        database.execute("INSERT INTO ops.api_key (name, key_hash, tenant_id, role, store_ids) VALUES ('" + name
                + "', '" + KeyText.hash(key) + "', '" + tenant + "', '" + role + "', " + stores + ")");
        return key;
    }
}
