package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over all days, sales by event are sales restated, whatever was claimed when; over products, weeks and years too. */
@ExtendWith(PostgresExtension.class)
class SalesSumsTest {
    private static final LocalDate FIRST = LocalDate.parse("2025-12-20");
    private static final int DAYS = 25;
    private static final int ORDERS = 120;
    private static final List<String> STATUSES = List.of(
            "PAID",
            "SHIPPING",
            "DELIVERED",
            "CONFIRMED",
            "CANCELED",
            "RETURNED",
            "CANCEL_REQUESTED",
            "RETURN_REQUESTED",
            "EXCHANGED");

    @TempDir
    private Path workspace = Path.of("");

    private BigDecimal gross = BigDecimal.ZERO;
    private BigDecimal restated = BigDecimal.ZERO;

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_115})
    void theSumOfEventsIsTheSumRestated(long seed, TestDatabase database) throws Exception {
        SalesRows rows = new SalesRows(database);
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " VALUES ('cafe24-hlog', 'hlog', 'CAFE24', 'hlog'), ('naver-hlog', 'hlog', 'NAVER', 'n')");
        sell(rows, new Random(seed));
        rows.touch(
                "load",
                Stream.iterate(FIRST, day -> day.plusDays(1)).limit(DAYS * 2L).toArray(LocalDate[]::new));

        MartRun run = new MartRun(database, workspace);
        for (String mart : List.of("mart_sales_daily", "mart_product_sales_daily", "mart_customer_daily")) {
            Mart one = MartRun.MARTS.named(mart);
            assertThat(run.buildTouched(one))
                    .as("seed " + seed + ": " + run.message())
                    .isEqualTo(ExitCode.DONE);
            assertThat(run.summary().get("days_built").intValue()).isEqualTo(DAYS * 2);
        }

        String sums = gross + "|" + restated;
        assertThat(restated).isLessThan(gross);
        assertThat(database.value("SELECT SUM(gross_amount), SUM(net_event_amount) FROM mart.mart_sales_daily"))
                .as("seed " + seed)
                .isEqualTo(sums);
        for (String table : List.of("mart_sales_daily", "mart_product_sales_daily", "mart_customer_daily")) {
            assertThat(database.value("SELECT SUM(gross_amount), SUM(net_restated_amount) FROM mart." + table))
                    .as(table + ", seed " + seed)
                    .isEqualTo(sums);
        }
        for (String view : List.of("v_sales_weekly", "v_sales_monthly", "v_sales_yearly")) {
            assertThat(database.value("SELECT SUM(gross_amount), SUM(net_event_amount) FROM mart." + view))
                    .as(view + ", seed " + seed)
                    .isEqualTo(sums);
        }
        assertThat(database.rows("SELECT DISTINCT EXTRACT(ISODOW FROM week_start) FROM mart.v_sales_weekly"))
                .containsExactly("1");
    }

    private void sell(SalesRows rows, Random random) throws Exception {
        StringBuilder orders = new StringBuilder("account_id,order_id\n");
        StringBuilder lines = new StringBuilder("account_id,item_id,order_id,product_id,quantity,remaining_quantity,"
                + "line_gross,line_discount,allocated_discount,item_status,paid_on,claim_done_on\n");
        for (int order = 0; order < ORDERS; order++) {
            String account = order % 3 == 0 ? "naver-hlog" : "cafe24-hlog";
            orders.append(account).append(',').append(order).append('\n');
            LocalDate paid = FIRST.plusDays(random.nextInt(DAYS));
            for (int nth = 0; nth <= random.nextInt(3); nth++) {
                lines.append(account)
                        .append(',')
                        .append(order)
                        .append('-')
                        .append(nth)
                        .append(',');
                lines.append(order).append(',').append(random.nextInt(7)).append(',');
                line(lines, random, paid);
            }
        }
        rows.copy("raw.sales_order", orders.toString());
        rows.copy("raw.order_item", lines.toString());
    }

    private void line(StringBuilder lines, Random random, LocalDate paid) {
        int quantity = 1 + random.nextInt(4);
        int list = quantity * (1_000 + random.nextInt(50_000));
        int discount = random.nextInt(900);
        String status = STATUSES.get(random.nextInt(STATUSES.size()));
        boolean isEnded = status.equals("CANCELED") || status.equals("RETURNED");
        boolean isRequested = status.endsWith("_REQUESTED");
        int left = isEnded ? 0 : isRequested || status.equals("EXCHANGED") ? quantity : 1 + random.nextInt(quantity);
        boolean isClaimed = left < quantity && random.nextInt(5) > 0;
        String claimed = isClaimed ? paid.plusDays(random.nextInt(DAYS)).toString() : "";
        lines.append(quantity).append(',').append(left).append(',').append(list).append(',');
        lines.append(discount)
                .append(",7,")
                .append(status)
                .append(',')
                .append(paid)
                .append(',');
        lines.append(claimed).append('\n');
        BigDecimal net = BigDecimal.valueOf(list - discount - 7L).setScale(2, RoundingMode.UNNECESSARY);
        gross = gross.add(net);
        restated = restated.add(
                net.multiply(BigDecimal.valueOf(left)).divide(BigDecimal.valueOf(quantity), 2, RoundingMode.HALF_UP));
    }
}
