package dev.jangbu.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code make bench-search}: made-up sales, the packaged server with 256 MB of heap, and fifty requests a second whether or
 * not it keeps up; times count from when a request was due. Not part of {@code make test}.
 */
@ExtendWith(PostgresExtension.class)
class SearchBenchIT {
    private static final int STORES = 500;
    private static final int DAYS = 60;
    private static final int A_SECOND = 50;
    private static final int SECONDS = Integer.getInteger("jangbu.bench.seconds", 30);
    private static final Pattern ADDRESS = Pattern.compile("search at (http://127\\.0\\.0\\.1:\\d+)\n");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void unitPricesOfADayAndFilteredSearch(TestDatabase database) throws IOException, InterruptedException {
        int rows = Integer.getInteger("jangbu.bench.search", 0);
        assumeTrue(rows > 0, "asked for by make bench-search only");
        Books.write(database);
        fill(database, rows);
        String key = Books.key(database, "bench", Books.ACME, "reader");
        JobJar.Running server = JobJar.of("search-api")
                .with(database.environment())
                .withJvmOptions("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m")
                .start("--port", "0");
        try {
            String url = address(server);
            IntFunction<String> day = n -> url + "/api/v1/unit-prices?limit=500&date=2026-01-" + (10 + n % 20);
            Random random = new Random(7);
            IntFunction<String> search = n -> url + "/api/v1/sales?limit=50&" + filter(n, random, rows);
            measure("warm-up", key, day, 10);
            measure("warm-up", key, search, 10);
            measure("unit prices of a day", key, day, SECONDS);
            measure("filtered search", key, search, SECONDS);
            for (int kind = 0; kind < KINDS.size(); kind++) {
                int of = kind;
                measure(KINDS.get(kind), key, n -> url + "/api/v1/sales?limit=50&" + filter(of, random, rows), 3);
            }
            System.out.println("memory of the server: " + peak(server.process().pid()));
        } finally {
            server.process().destroy();
            server.process().waitFor(60, TimeUnit.SECONDS);
        }
    }

    private static final List<String> KINDS = List.of(
            "store and days",
            "rare text",
            "approval number",
            "company and amount",
            "card",
            "cancelled of days",
            "text of a store",
            "newest",
            "frequent text",
            "amount nobody pays");

    private static String filter(int n, Random random, int rows) {
        int store = 1000 + random.nextInt(STORES);
        String from = "2026-01-" + (10 + random.nextInt(10));
        return switch (n % KINDS.size()) {
            case 0 -> "store_id=" + store + "&from=" + from + "&to=2026-01-31";
            case 1 -> "q=" + text("메모 " + random.nextInt(2000) + "번");
            case 2 -> "q=" + (10_000 + random.nextInt(89_999));
            case 3 -> "company=" + text("카드사" + random.nextInt(10)) + "&min=50000";
            case 4 -> "card=" + String.format("%064x", random.nextInt(rows / 20));
            case 5 -> "canceled=true&from=" + from + "&to=" + from;
            case 6 -> "store_id=" + store + "&q=" + text("메모");
            case 7 -> "";
            case 8 -> "q=" + text("승인");
            default -> "min=9000000";
        };
    }

    private static void measure(String what, String key, IntFunction<String> address, int seconds)
            throws InterruptedException {
        int count = seconds * A_SECOND;
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        long begin = System.nanoTime();
        for (int n = 0; n < count; n++) {
            long due = begin + n * 1_000_000_000L / A_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
            HttpRequest request = HttpRequest.newBuilder(URI.create(address.apply(n)))
                    .header("X-API-Key", key)
                    .build();
            answers.add(CLIENT.sendAsync(request, BodyHandlers.ofString()).thenApply(reply -> taken(reply, due)));
        }
        List<Long> micros =
                new ArrayList<>(answers.stream().map(CompletableFuture::join).toList());
        Collections.sort(micros);
        System.out.printf(
                "%-22s %5d requests at %d/s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                what,
                count,
                A_SECOND,
                micros.get(count / 2) / 1000.0,
                micros.get(count * 95 / 100) / 1000.0,
                micros.get(count * 99 / 100) / 1000.0,
                micros.get(count - 1) / 1000.0);
    }

    private static long taken(HttpResponse<String> reply, long due) {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return (System.nanoTime() - due) / 1_000;
    }

    /** The sales once without what searching needs and once with it: what it costs a load. */
    private static void fill(TestDatabase database, int rows) {
        database.execute("SELECT ops.make_card_sale_part('mysql-acquirer');"
                + " CREATE TABLE made (LIKE raw.card_sale); INSERT INTO made (" + MADE + ") " + made(rows));
        database.execute("CREATE TABLE bare (LIKE raw.card_sale INCLUDING DEFAULTS);"
                + " ALTER TABLE bare ADD PRIMARY KEY (sale_id, account_id);"
                + " CREATE INDEX ON bare (sale_date, store_id); CREATE INDEX ON bare (store_id, sold_at);"
                + " CREATE INDEX ON bare (card_key, sold_at)");
        time("insert without the search's indexes", () -> database.execute("INSERT INTO bare SELECT * FROM made"));
        database.execute("DROP TABLE bare");
        time("insert with them", () -> database.execute("INSERT INTO raw.card_sale SELECT * FROM made"));
        database.execute("DROP TABLE made");
        database.execute("""
                INSERT INTO mart.mart_store_daily_spend (tenant_id, account_id, store_id, sale_date, total_sale,
                    payment_count, canceled_count, canceled_amount, unit_price, distinct_cards, refund_count, refund_amount)
                SELECT 'acme', account_id, store_id, sale_date, COALESCE(SUM(amount_sale) FILTER (WHERE NOT is_canceled), 0),
                    COUNT(*) FILTER (WHERE NOT is_canceled), COUNT(*) FILTER (WHERE is_canceled),
                    COALESCE(SUM(amount_sale) FILTER (WHERE is_canceled), 0), AVG(amount_sale) FILTER (WHERE NOT is_canceled),
                    COUNT(DISTINCT card_key), 0, 0
                FROM raw.card_sale WHERE store_id >= 1000 GROUP BY account_id, store_id, sale_date;
                INSERT INTO raw.card_store (account_id, store_id, first_seen_at)
                SELECT DISTINCT account_id, store_id, TIMESTAMPTZ '2026-02-02 00:00+09' FROM raw.card_sale;
                ANALYZE""");
        System.out.println(database.value("SELECT COUNT(*) || ' sales of ' || COUNT(DISTINCT store_id) || ' stores, '"
                + " || (SELECT COUNT(*) FROM raw.card_text) || ' texts' FROM raw.card_sale"));
        database.rows(
                        "SELECT relname || ' ' || pg_size_pretty(pg_relation_size(oid)) FROM pg_class"
                                + " WHERE relname LIKE 'card\\_%' AND relkind IN ('r', 'i') AND pg_relation_size(oid) > 1000000 ORDER BY 1")
                .forEach(System.out::println);
    }

    private static final String MADE =
            "account_id, sale_id, created, modified, remark, num_approval, card_company, card_category, card_number, card_key, "
                    + "amount_sale, amount_fee, amount_deposit, is_canceled, sold_at, will_deposited_at, raw_data, platform, daily_sale_id, store_id, "
                    + "result_code, result_msg, extra_payment_id, detail_status, processing_status, sale_date, source_hash, observed_at, vanished_at, loaded_run_id";

    private static String made(int rows) {
        return """
                SELECT 'mysql-acquirer' AS account_id, 1000 + n AS sale_id, NULL::TIMESTAMPTZ AS created, NULL::TIMESTAMPTZ AS modified,
                    CASE WHEN n % 20 = 0 THEN '메모 ' || (n * 7919 % 2000) || '번' END AS remark,
                    LPAD((n * 48271 % 99999989)::TEXT, 8, '0') AS num_approval, '카드사' || (n * 31 % 10) AS card_company,
                    '신용' AS card_category, '5310-12**-****-' || LPAD((n % 10000)::TEXT, 4, '0') AS card_number,
                    LPAD(TO_HEX(n * 611953 % (ROWS / 20)), 64, '0') AS card_key, (1000 + n * 2654435761 % 120000)::NUMERIC(14, 2) AS amount_sale,
                    NULL::NUMERIC(14, 2) AS amount_fee, NULL::NUMERIC(14, 2) AS amount_deposit, n % 40 = 0 AS is_canceled,
                    TIMESTAMPTZ '2025-12-03 09:00+09' + n * interval '1 second' * (DAYS * 86400.0 / ROWS) AS sold_at,
                    NULL::TIMESTAMPTZ AS will_deposited_at, '{"terminal": "made up"}' AS raw_data, 'van' AS platform,
                    NULL::BIGINT AS daily_sale_id, 1000 + n * 7907 % STORES AS store_id, '0000' AS result_code,
                    (ARRAY['정상 승인', '정상 승인', '정상 승인', '승인 취소', '부분 취소', '한도 초과 후 승인'])[1 + n % 6] AS result_msg,
                    NULL::TEXT AS extra_payment_id, 'done' AS detail_status, 'done' AS processing_status,
                    ((TIMESTAMPTZ '2025-12-03 09:00+09' + n * interval '1 second' * (DAYS * 86400.0 / ROWS)) AT TIME ZONE 'Asia/Seoul')::DATE AS sale_date,
                    repeat('0', 64) AS source_hash, TIMESTAMPTZ '2026-02-02 00:00+09' AS observed_at, NULL::TIMESTAMPTZ AS vanished_at,
                    'bench' AS loaded_run_id
                FROM generate_series(1, ROWS::BIGINT) AS n""".replace("ROWS", String.valueOf(rows))
                .replace("STORES", String.valueOf(STORES))
                .replace("DAYS", String.valueOf(DAYS));
    }

    private static void time(String what, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        System.out.printf("%s: %.1f s%n", what, (System.nanoTime() - begin) / 1e9);
    }

    private static String address(JobJar.Running server) throws InterruptedException {
        while (!server.process().waitFor(50, TimeUnit.MILLISECONDS)) {
            Matcher told = ADDRESS.matcher(server.soFar());
            if (told.find()) {
                return told.group(1);
            }
        }
        throw new IllegalStateException(server.await().error());
    }

    private static String peak(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("not told here");
    }

    private static String text(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
