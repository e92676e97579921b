package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.sandbox.Sandbox;
import dev.jangbu.sandbox.control.StageSettings;
import dev.jangbu.sandbox.shop.Scenario;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A shop that sells on two platforms, from the platforms to the marts, against what the platforms know to be true. */
@ExtendWith(PostgresExtension.class)
class ShopChannelsIT {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int DAYS = 20;

    @TempDir
    private Path workspace = Path.of("");

    private final LocalDate today = LocalDate.ofInstant(Instant.now(), SEOUL);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Sandbox sandbox =
            Sandbox.start(new Sandbox.Settings(0, true, new StageSettings(7, Scenario.DEFAULT, Instant.now(), true)));
    private final List<String> secrets = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Map<String, String> settings = Map.of();

    private void settings(TestDatabase database) {
        settings = new HashMap<>(database.environment());
        settings.put("JANGBU_WORKSPACE", workspace.resolve("data").toString());
        settings.put("JANGBU_PROFILE", "sandbox");
        settings.put("JANGBU_CREDENTIAL_KEY_FILE", workspace.resolve("key").toString());
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void theMartsSayWhatThePlatformsKnow(TestDatabase database) throws Exception {
        settings(database);
        run("extract-job", "accounts", "key", "--new", workspace.resolve("key").toString());
        JsonNode logIns = ask("/accounts").get("accounts").get(0);
        String mall = add(logIns.get("cafe24"), "cafe24", logIns.get("cafe24").get("mall_id"));
        consent(mall, logIns.get("cafe24").get("mall_id").asString());
        String store = add(logIns.get("naver"), "naver", logIns.get("naver").get("client_id"));
        Instant before = Instant.now();

        for (String account : List.of(mall, store)) {
            bring("orders", account, "--from-date", today.minusDays(DAYS).toString());
        }
        run("mart-job", "build", "--dataset", "orders", "--touched");
        // Nothing waits for analytics where the shop has none.
        run("mart-job", "build", "--dataset", "web-traffic", "--touched");
        assertThat(waiting(database)).isZero();
        String property = add(logIns.get("ga4"), "ga4", logIns.get("ga4").get("property_id"));
        bring("web-traffic", property, "--from-date", today.minusDays(5).toString());
        run("mart-job", "build", "--dataset", "web-traffic", "--touched");

        Map<String, Sale> truth = truth(before);
        assertThat(truth).hasSizeGreaterThan(2 * (DAYS - 5));
        assertThat(marts(database, truth.keySet())).isEqualTo(truth);
        assertThat(database.rows("SELECT dataset, slice FROM ops.v_books WHERE dataset = 'orders' AND NOT balances"))
                .isEmpty();
        assertThat(waiting(database)).isZero();
        analyticsSawOrdersOfTheMall(database);
        nobodyIsNamed(database);
    }

    private static long waiting(TestDatabase database) {
        return Long.parseLong(database.value("SELECT COUNT(*) FROM ops.v_touched_mart_day WHERE is_waiting"));
    }

    /** Each purchase it saw is an order of the mall; it never sees all of them. */
    private static void analyticsSawOrdersOfTheMall(TestDatabase database) {
        assertThat(database.rows(
                        "SELECT SUM(transaction_count) > 20, SUM(unmatched_count) FROM mart.v_analytics_match"))
                .containsExactly("t|0");
        assertThat(database.rows("""
                        SELECT told.traffic_date
                        FROM (SELECT traffic_date, COUNT(*) AS seen FROM raw.web_transaction GROUP BY traffic_date) AS told
                        JOIN raw.web_daily AS web USING (traffic_date)
                        GROUP BY told.traffic_date, told.seen
                        HAVING SUM(web.purchases) <> told.seen""")).isEmpty();
        assertThat(database.value("SELECT COUNT(*) > 50 AND MAX(cart_rate) <= 100 FROM mart.v_item_interest_daily"))
                .isEqualTo("t");
    }

    /** Of a channel and day, in won. */
    private record Sale(BigDecimal gross, BigDecimal net, long units, long orders) {}

    private Map<String, Sale> truth(Instant asked) {
        JsonNode rows = ask("/truth/orders?from=" + today.minusDays(DAYS - 1) + "&to="
                        + LocalDate.ofInstant(asked, SEOUL).minusDays(1) + "&basis=paid&shop=hlogdemo")
                .get("rows");
        Map<String, List<JsonNode>> groups = new TreeMap<>();
        for (JsonNode row : rows) {
            boolean isCounted = row.get("is_ever_paid").asBoolean()
                    && !row.get("channel").asString().equals("ably")
                    && !row.get("place").asString("").equals("shopn")
                    // A first load reads what was ordered from its day on.
                    && row.get("ordered_at")
                                    .asString()
                                    .compareTo(today.minusDays(DAYS).toString())
                            >= 0;
            if (isCounted) {
                groups.computeIfAbsent(
                                channel(row.get("channel").asString()) + " "
                                        + row.get("day").asString(),
                                key -> new ArrayList<>())
                        .add(row);
            }
        }
        Map<String, Sale> sales = new TreeMap<>();
        groups.forEach((key, lines) -> sales.put(key, sale(lines)));
        return sales;
    }

    private static String channel(String word) {
        return word.equals("cafe24") ? "CAFE24" : "NAVER";
    }

    private static Sale sale(List<JsonNode> lines) {
        Set<String> orders = new HashSet<>();
        long gross = 0;
        long units = 0;
        BigDecimal net = BigDecimal.ZERO;
        for (JsonNode line : lines) {
            orders.add(line.get("order_id").asString());
            gross += line.get("line_net").asLong();
            units += line.get("quantity").asLong();
            net = net.add(left(line));
        }
        return new Sale(won(BigDecimal.valueOf(gross)), won(net), units, orders.size());
    }

    private static BigDecimal left(JsonNode line) {
        BigDecimal whole = BigDecimal.valueOf(line.get("line_net").asLong());
        long quantity = line.get("quantity").asLong();
        long remaining = line.get("remaining_quantity").asLong();
        String status = line.get("status").asString();
        if (remaining >= quantity) {
            return status.equals("CANCELED") || status.equals("RETURNED") ? BigDecimal.ZERO : whole;
        }
        return whole.multiply(BigDecimal.valueOf(remaining))
                .divide(BigDecimal.valueOf(quantity), 2, java.math.RoundingMode.HALF_UP);
    }

    private static BigDecimal won(BigDecimal amount) {
        return amount.setScale(2);
    }

    private static Map<String, Sale> marts(TestDatabase database, Set<String> asked) {
        Map<String, Sale> sales = new TreeMap<>();
        for (String row :
                database.rows("SELECT channel_code || ' ' || sales_date, gross_amount, net_restated_amount, unit_count,"
                        + " order_count FROM mart.mart_sales_daily WHERE line_count > 0")) {
            List<String> columns = List.of(row.split("\\|"));
            if (asked.contains(columns.get(0))) {
                sales.put(
                        columns.get(0),
                        new Sale(
                                new BigDecimal(columns.get(1)),
                                new BigDecimal(columns.get(2)),
                                Long.parseLong(columns.get(3)),
                                Long.parseLong(columns.get(4))));
            }
        }
        return sales;
    }

    private void bring(String dataset, String account, String... more) {
        String day = today.minusDays(1).toString();
        List<String> extract = new ArrayList<>(List.of(dataset, "--account", account, "--ds", day));
        extract.addAll(List.of(more));
        run("extract-job", extract.toArray(String[]::new));
        run("transform-job", dataset, "--account", account, "--ds", day);
        run("load-job", dataset, "--account", account, "--ds", day);
    }

    private String add(JsonNode logIn, String platform, JsonNode externalId) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "accounts",
                "add",
                platform,
                "--tenant",
                "hlog",
                "--id",
                externalId.asString(),
                "--base-url",
                logIn.get("base_url").asString()));
        if (logIn.has("key_file")) {
            arguments.add(
                    secret(platform, "service_account", logIn.get("key_file").toString()));
            secrets.add(logIn.get("key_file").get("private_key_id").asString());
        } else {
            arguments.add(secret(platform, "client_id", logIn.get("client_id").asString()));
            arguments.add(
                    secret(platform, "client_secret", logIn.get("client_secret").asString()));
            secrets.add(logIn.get("client_secret").asString());
        }
        run("extract-job", arguments.toArray(String[]::new));
        return platform + "-" + externalId.asString();
    }

    private String secret(String platform, String name, String value) throws IOException {
        return "--secret=" + name + "=" + Files.writeString(workspace.resolve(platform + name), value);
    }

    /** The mall's operator opens the address that the job shows. */
    private void consent(String account, String mall) throws Exception {
        JobJar.Running job =
                JobJar.ofNeighbour("extract-job").with(settings).start("accounts", "consent", account, "--port", "0");
        String address = "";
        while (address.isEmpty() && job.process().isAlive()) {
            address = job.soFar()
                    .lines()
                    .filter(line -> line.startsWith("http"))
                    .findFirst()
                    .orElse("");
            Thread.onSpinWait();
        }
        String back = client.send(
                        HttpRequest.newBuilder(URI.create(sandbox.url() + "/__sandbox/cafe24/" + mall + "/authorize?"
                                        + URI.create(address).getRawQuery()))
                                .build(),
                        BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        client.send(HttpRequest.newBuilder(URI.create(back)).build(), BodyHandlers.ofString());
        JobJar.Ended ended = job.await();
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
        told.add(ended.output() + ended.error());
    }

    private void run(String job, String... arguments) {
        JobJar.Ended ended = JobJar.ofNeighbour(job).with(settings).run(arguments);
        assertThat(ended.exitCode())
                .as("%s %s%n%s%s", job, String.join(" ", arguments), ended.output(), ended.error())
                .isZero();
        told.add(ended.output() + ended.error());
    }

    /** Neither buyers nor secrets: in no file of the workspace, no table, no output. */
    private void nobodyIsNamed(TestDatabase database) throws IOException {
        List<String> planted = new ArrayList<>(secrets);
        planted.addAll(List.of("010-0000", "0100000", "@example.invalid"));
        told.forEach(output -> assertThat(output).doesNotContain(planted));
        try (Stream<Path> tree = Files.walk(workspace.resolve("data"))) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                        .as(file.toString())
                        .doesNotContain(planted);
            }
        }
        for (String table : database.rows("SELECT schemaname || '.' || tablename FROM pg_tables"
                + " WHERE schemaname IN ('raw', 'mart', 'ops', 'batch', 'hold')")) {
            assertThat(String.join("\n", database.rows("SELECT CAST(t AS TEXT) FROM " + table + " AS t")))
                    .as(table)
                    .doesNotContain(planted);
        }
    }

    private JsonNode ask(String path) {
        try {
            return JsonMapper.shared()
                    .readTree(client.send(
                                    HttpRequest.newBuilder(URI.create(sandbox.url() + "/__sandbox" + path))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
