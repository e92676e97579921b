package dev.jangbu.extract.onlineretail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.account.CredentialVault;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.window.WindowConfiguration;
import dev.jangbu.extract.window.WindowOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.SampleData;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@ExtendWith(PostgresExtension.class)
class OnlineRetailSourceTest {
    private static final String ACCOUNT = "file-online-retail";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T01:00:00Z"), ZoneOffset.UTC);
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void anAccountOfFiles(TestDatabase database) throws IOException {
        environment = new TestAccounts(database, folder.resolve("key")).environment();
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " VALUES ('file-online-retail', 'hlog', 'FILE', 'online-retail')");
    }

    @Test
    void anInvoiceLandsAsAnOrderWithWhatWasTakenBack() throws IOException {
        Path input = Files.createDirectory(folder.resolve("input"));
        Files.writeString(input.resolve("1.csv"), HEADER + """
                        536365,85123A,"LANTERN, ""WHITE"" ",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
                        536365,85123A,LANTERN,2,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
                        536366,22633,,-10,2010-12-01 08:30:00,0.0,,United Kingdom
                        536367,22633,UNION JACK,x,yesterday,7.50,17850.0,Iceland
                        """);
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(input.resolve("2.csv.gz")))) {
            packed.write((HEADER + """
                    C536379,85123A,LANTERN,-3,2010-12-02 09:41:00,2.55,17850.0,United Kingdom
                    C536380,D,Discount,-1,2010-12-02 09:45:00,27.5,14527.0,United Kingdom
                    """).getBytes(UTF_8));
        }

        assertThat(run(input)).isEqualTo(ExitCode.DONE);

        List<JsonNode> lines = landed();
        assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(
                        line.get("observed_at").stringValue())
                .isEqualTo("2010-12-02T00:45:00Z"));
        JsonNode order = lines.get(0).get("record");
        assertThat(order.get("customer_key").stringValue()).matches("[0-9a-f]{64}");
        assertThat(order.toString().replaceAll("\"customer_key\":\"[0-9a-f]{64}\",", ""))
                .isEqualTo("{\"invoice\":\"536365\",\"invoice_date\":\"2010-12-01T08:26:00+09:00\","
                        + "\"country\":\"United Kingdom\",\"currency\":\"GBP\",\"items\":["
                        + "{\"line\":1,\"stock_code\":\"85123A\",\"description\":\"LANTERN, \\\"WHITE\\\"\","
                        + "\"quantity\":6,\"unit_price\":2.55,\"canceled_quantity\":1,"
                        + "\"canceled_at\":\"2010-12-02T09:41:00+09:00\",\"cancel_invoice\":\"C536379\"},"
                        + "{\"line\":2,\"stock_code\":\"85123A\",\"description\":\"LANTERN\","
                        + "\"quantity\":2,\"unit_price\":2.55,\"canceled_quantity\":2,"
                        + "\"canceled_at\":\"2010-12-02T09:41:00+09:00\",\"cancel_invoice\":\"C536379\"}]}");
        assertThat(lines.get(1).get("record").get("customer_key").isNull()).isTrue();
        assertThat(lines.get(1)
                        .get("record")
                        .get("items")
                        .get(0)
                        .get("quantity")
                        .toString())
                .isEqualTo("-10");
        assertThat(lines.get(2).get("record").get("invoice_date").stringValue()).isEqualTo("yesterday");
        assertThat(lines.get(2)
                        .get("record")
                        .get("items")
                        .get(0)
                        .get("quantity")
                        .stringValue())
                .isEqualTo("x");

        assertThat(manifest().profile()).isEqualTo("online-retail");
        assertThat(manifest().counts())
                .containsEntry("source_lines", 6L)
                .containsEntry("count_expected", 3L)
                .containsEntry("cancellations", 2L)
                .containsEntry("cancellations_matched", 1L)
                .containsEntry("cancellations.no_earlier_sale", 1L);
        assertThat(Files.readString(folder().path().resolve(manifest().runId()).resolve(OnlineRetailSource.UNMATCHED))
                        .replaceAll("\"customer_key\":\"[0-9a-f]{64}\"", "\"customer_key\":\"…\""))
                .isEqualTo("{\"reason\":\"no_earlier_sale\",\"invoice\":\"C536380\",\"line\":1,"
                        + "\"date\":\"2010-12-02 09:45:00\",\"customer_key\":\"…\",\"stock_code\":\"D\","
                        + "\"quantity\":-1,\"unit_price\":27.5}\n");
    }

    @Test
    void noCustomersNumberLands() throws IOException {
        Path input = Files.writeString(
                folder.resolve("day.csv"), HEADER + "1,MUG,A MUG,1,2010-12-01 08:26:00,2.55,1785099.0,Iceland\n");

        assertThat(run(input)).isEqualTo(ExitCode.DONE);

        assertThat(landed().toString()).doesNotContain("1785099");
        assertThat(out.toString(UTF_8)).doesNotContain("1785099");
    }

    @Test
    void aFileWithOtherColumnsIsRefusedByName() throws IOException {
        Path input = Files.writeString(folder.resolve("day.csv"), "InvoiceNo,Price\n1,2\n");

        assertThat(run(input)).isEqualTo(ExitCode.USAGE);

        assertThat(out.toString(UTF_8)).contains("day.csv: columns: InvoiceNo, Price (expected: InvoiceNo, StockCode");
    }

    @Test
    void theRealFilesKeepTheirNumbers() throws IOException {
        Path real = SampleData.require("online-retail");

        assertThat(run(real)).isEqualTo(ExitCode.DONE);

        // 150 invoices of cancellations; what was sold before the files' first day cannot be told.
        assertThat(manifest().rows()).isEqualTo(1_080);
        assertThat(manifest().counts())
                .isEqualTo(Map.of(
                        "source_lines", 26_732L,
                        "count_expected", 1_080L,
                        "cancellations", 411L,
                        "cancellations_matched", 105L,
                        "cancellations.unreadable", 0L,
                        "cancellations.no_customer", 32L,
                        "cancellations.no_earlier_sale", 269L,
                        "cancellations.not_enough_left", 5L));
        long taken = 0;
        for (JsonNode line : landed()) {
            for (JsonNode item : line.get("record").get("items")) {
                taken += item.get("canceled_quantity").longValue();
            }
        }
        assertThat(taken).isEqualTo(862);
    }

    private ExitCode run(Path input) {
        PrintStream console = new PrintStream(out, true, UTF_8);
        RunRequest request =
                new RunRequest("extract-job", "orders", ACCOUNT, DAY, "1", new Workspace(folder.resolve("data")));
        return new JobRunner(environment, CLOCK, console, true)
                .run(
                        request,
                        WindowConfiguration.class,
                        new OnlineRetailSource(input),
                        new WindowOptions(ACCOUNT, false, null),
                        LandingFormat.plain(),
                        CredentialVault.from(environment));
    }

    private DayFolder folder() {
        return new Workspace(folder.resolve("data")).landing("orders", ACCOUNT, DAY);
    }

    private Manifest manifest() {
        return folder().read("no remedy");
    }

    private List<JsonNode> landed() throws IOException {
        Path part = folder().path().resolve(manifest().files().get(0).path());
        return Files.readAllLines(part).stream()
                .map(line -> Json.mapper().readTree(line))
                .toList();
    }
}
