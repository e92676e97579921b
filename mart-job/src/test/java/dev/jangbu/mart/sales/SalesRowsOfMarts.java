package dev.jangbu.mart.sales;

import dev.jangbu.testkit.TestDatabase;

/** Some days of the marts of two shops, as builds leave them. */
final class SalesRowsOfMarts {
    private SalesRowsOfMarts() {}

    static void write(TestDatabase database) {
        database.execute("""
                INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id, status, needs_attention_reason)
                VALUES
                ('cafe24-hlog', 'hlog', 'CAFE24', 'hlog', 'ACTIVE', NULL),
                ('naver-hlog', 'hlog', 'NAVER', 'n', 'NEEDS_ATTENTION', 'REAUTH_REQUIRED'),
                ('file-other', 'other', 'FILE', 'f', 'ACTIVE', NULL);
                INSERT INTO ops.watermark (dataset, slice, position, run_id)
                VALUES
                ('orders', 'cafe24-hlog', '2026-03-05 06:00+09', 'r'),
                ('orders', 'naver-hlog', '2026-03-03 06:00+09', 'r');
                """);
        day(database, "2026-03-04", "hlog", "CAFE24", "cafe24-hlog", "KRW", 2000, 0, 1, 0);
        day(database, "2026-03-04", "hlog", "NAVER", "naver-hlog", "KRW", 1000, 700, 1, 1);
        day(database, "2026-03-03", "hlog", "CAFE24", "cafe24-hlog", "KRW", 1000, 0, 1, 0);
        day(database, "2026-02-27", "hlog", "CAFE24", "cafe24-hlog", "KRW", 500, 0, 1, 0);
        day(database, "2026-02-03", "hlog", "CAFE24", "cafe24-hlog", "KRW", 250, 0, 1, 0);
        day(database, "2025-03-04", "hlog", "CAFE24", "cafe24-hlog", "KRW", 8000, 0, 1, 0);
        day(database, "2026-03-04", "other", "FILE", "file-other", "GBP", 9.5, 0, 1, 0);
        database.execute("""
                INSERT INTO mart.mart_product_sales_daily
                VALUES
                ('2026-03-04', 'hlog', 'CAFE24', 'cafe24-hlog', 'KRW', '21', '린넨 셔츠', 0, 2000, 2000, 0, 2000, 1, 3, 0, 0),
                ('2026-03-03', 'hlog', 'CAFE24', 'cafe24-hlog', 'KRW', '21', '린넨 셔츠', 0, 1000, 300, 700, 300, 1, 1, 0, 1),
                ('2026-03-04', 'hlog', 'NAVER', 'naver-hlog', 'KRW', '9', '<b>양말</b>', 0, 1000, 1000, 0, 1000, 1, 1, 0, 0),
                ('2026-02-27', 'hlog', 'NAVER', 'naver-hlog', 'KRW', '8', '지난달', 0, 9000, 9000, 0, 9000, 1, 1, 0, 0);
                INSERT INTO mart.mart_order_status
                VALUES
                ('2026-03-04', 'hlog', 'CAFE24', 'cafe24-hlog', 'KRW', 'DELIVERED', 2, 1, 2, 3000),
                ('2026-03-04', 'hlog', 'CAFE24', 'cafe24-hlog', 'KRW', 'PAID', 1, 0, 1, 1000),
                ('2026-03-03', 'hlog', 'NAVER', 'naver-hlog', 'KRW', 'PAID', 2, 0, 2, 1000),
                ('2026-01-03', 'hlog', 'NAVER', 'naver-hlog', 'KRW', 'PAID', 50, 0, 2, 1000);
                """);
    }

    private static void day(
            TestDatabase database,
            String day,
            String tenant,
            String channel,
            String account,
            String currency,
            double gross,
            int claims,
            int orders,
            int returns) {
        database.execute("INSERT INTO mart.mart_sales_daily VALUES ('" + day + "', '" + tenant + "', '" + channel
                + "', '" + account + "', '" + currency + "', " + gross + ", 0, " + gross + ", " + gross + ", " + claims
                + ", " + (gross - claims) + ", 0, 0, " + orders + ", " + orders + ", " + orders + ", 0, " + returns
                + ")");
    }
}
