package dev.jangbu.load.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import dev.jangbu.testkit.Unmigrated;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Version 19 over sales that lie in one table: each account's come into a part of its own, and nothing else changes. */
@ExtendWith(PostgresExtension.class)
class CardPartsMigrationTest {
    private static final String SALES = "SELECT TO_JSONB(sale) FROM raw.card_sale AS sale ORDER BY account_id, sale_id";
    private static final String TEXTS = "SELECT remark, result_msg FROM raw.card_text ORDER BY 1, 2";

    @Test
    void salesThatAreThereStayAsTheyAre(@Unmigrated TestDatabase database) {
        Migrations.upTo("18", database);
        account(database, "mysql-first");
        account(database, "mysql-second");
        database.execute("""
                SET jangbu.run_id = 'load-a';
                INSERT INTO raw.card_sale (account_id, sale_id, store_id, sold_at, sale_date, is_canceled, amount_sale,
                    amount_fee, remark, result_msg, card_key, source_hash, observed_at, vanished_at)
                VALUES
                    ('mysql-first', 1, 50, '2026-01-14 23:59:59.999999+09', '2026-01-14', FALSE, 12000.5, 240.01,
                        '점심', '정상', 'k1', 'h1', '2026-01-15 06:00+09', NULL),
                    ('mysql-first', 2, 50, '2026-01-15 00:00+09', '2026-01-15', TRUE, -12000, NULL,
                        NULL, NULL, NULL, 'h2', '2026-01-15 06:00+09', '2026-01-20 04:00+09'),
                    ('mysql-second', 1, 8, '2026-01-15 12:00+09', '2026-01-15', FALSE, 900, NULL,
                        '점심', '정상', 'k1', 'h3', '2026-01-15 18:00+09', NULL)""");
        List<String> sales = database.rows(SALES);
        List<String> texts = database.rows(TEXTS);
        assertThat(sales).hasSize(3);

        Migrations.upTo("19", database);

        assertThat(database.rows(SALES)).isEqualTo(sales);
        assertThat(database.rows(TEXTS)).isEqualTo(texts).isNotEmpty();
        assertThat(database.rows("SELECT account_id, tableoid = TO_REGCLASS('raw.' || ops.card_sale_part(account_id)),"
                        + " COUNT(*) FROM raw.card_sale GROUP BY 1, 2 ORDER BY 1"))
                .containsExactly("mysql-first|t|2", "mysql-second|t|1");
    }

    @Test
    void aDatabaseWithoutSalesHasNoParts(@Unmigrated TestDatabase database) {
        Migrations.upTo("18", database);

        Migrations.upTo("19", database);

        assertThat(database.rows(
                        "SELECT inhrelid::REGCLASS FROM pg_inherits WHERE inhparent = 'raw.card_sale'::REGCLASS"))
                .isEmpty();
    }

    private static void account(TestDatabase database, String account) {
        database.execute("""
                INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)
                SELECT '%1$s', 'acme', channel_code, '%1$s' FROM ops.channel ORDER BY channel_code LIMIT 1""".formatted(account));
    }
}
