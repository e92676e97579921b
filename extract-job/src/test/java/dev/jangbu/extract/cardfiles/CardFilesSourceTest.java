package dev.jangbu.extract.cardfiles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.account.CredentialVault;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.mapping.Mappings;
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
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@ExtendWith(PostgresExtension.class)
class CardFilesSourceTest {
    private static final String ACCOUNT = "file-pcards";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T01:00:00Z"), ZoneOffset.UTC);
    private static final String HEADER =
            "TRANS DATE,ORIGINAL GROSS AMT,ORIGINAL CUR,BILLING GROSS AMT,BILLING CUR CODE,"
                    + "MERCHANT NAME,CARD NUMBER,TRANS CAC CODE 1,TRANS CAC DESC 1,TRANS CAC CODE 2,Directorate\n";
    private static final String TWICE =
            "2017-01-03,72.61,GBP,72.61,GBP,shell kings 587,************5770,K020,Vehicle Fuel,RV12N,Adult\n";
    private static final String REFUND = "2017-01-04,-8.5,GBP,-8.5,GBP,Amazon  UK,4111111111111111,L100,,RJADC,Place\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void anAccountOfFiles(TestDatabase database) throws IOException {
        environment = new TestAccounts(database, folder.resolve("key")).environment();
        database.execute("INSERT INTO ops.account (account_id, tenant_id, channel_code, external_id)"
                + " VALUES ('file-pcards', 'council', 'FILE', 'pcards')");
    }

    @Test
    void aRowLandsAsAPaymentWithKeysOfItsContent() throws IOException {
        assertThat(run(input("a.csv", HEADER + TWICE + REFUND + TWICE + "2017-02-30,1,GBP,1,GBP,x,,,,,\n")))
                .isEqualTo(ExitCode.DONE);

        List<JsonNode> records = records();
        assertThat(records).hasSize(4);
        assertThat(records.get(0).toString().replaceAll("\"card_key\":\"[0-9a-f]{64}\"", "\"card_key\":\"…\""))
                .isEqualTo("{\"id\":" + id(0) + ",\"amount_sale\":72.61,\"is_canceled\":false,"
                        + "\"card_number\":\"************5770\",\"store_name\":\"shell kings 587\","
                        + "\"remark\":\"Vehicle Fuel\",\"raw_data\":\"{\\\"currency\\\":\\\"GBP\\\","
                        + "\\\"original_amount\\\":72.61,\\\"original_currency\\\":\\\"GBP\\\",\\\"account\\\":\\\"K020\\\","
                        + "\\\"centre\\\":\\\"RV12N\\\"}\",\"sold_at\":\"2017-01-03T00:00:00+09:00\","
                        + "\"card_key\":\"…\",\"store_id\":" + records.get(0).get("store_id") + "}");
        assertThat(records.get(1).get("card_number").stringValue()).isEqualTo("411111******1111");
        assertThat(records.get(1).get("amount_sale").decimalValue()).isEqualByComparingTo("-8.5");
        assertThat(id(2)).isNotEqualTo(id(0));
        assertThat(records.get(3).get("unmapped").get("reason").stringValue()).contains("2017-02-30");
        assertThat(manifest().profile()).isEqualTo("purchase-cards");
        assertThat(manifest().counts())
                .isEqualTo(Map.of(
                        "source_lines", 4L, "count_expected", 4L, "repeated_rows", 0L, "skipped", 0L, "unmapped", 1L));
        assertThat(out.toString(UTF_8)).doesNotContain("4111111111111111");
    }

    @Test
    void aDeliveryAgainInAnotherLayoutHasTheSameIds() throws IOException {
        assertThat(run(input("a.csv", HEADER + TWICE + REFUND + TWICE))).isEqualTo(ExitCode.DONE);
        Set<Long> first = ids();
        List<String> said = rawData();

        String otherHeader = "Directorates,Merchant Name,Trans Date,Billing Gross Amt,Card Number,Billing Cur Code,"
                + "Original Gross Amt,Original Cur,Trans CAC Code 1,Trans CAC Desc 1,Trans CAC Code 2,,\n";
        String again =
                "Adult,SHELL KINGS 587,2017-01-03,72.610,************5770,GBP,72.610,GBP,K020,Vehicle Fuel,RV12N,,\n";
        String refund = "Place,amazon uk,2017-01-04,-8.50,4111111111111111,GBP,-8.50,GBP,L100,,RJADC,,\n";
        assertThat(run(input("b.csv", otherHeader + again + again + refund))).isEqualTo(ExitCode.DONE);

        assertThat(ids()).isEqualTo(first).hasSize(3);
        assertThat(rawData()).containsExactlyInAnyOrderElementsOf(said);
    }

    @Test
    void whatTwoDeliveriesOfOneRunSayIsLandedOnce() throws IOException {
        Path both = Files.createDirectory(folder.resolve("both"));
        Files.writeString(both.resolve("a.csv"), HEADER + TWICE + REFUND);
        Files.writeString(both.resolve("b.csv"), HEADER + REFUND + TWICE + TWICE);

        assertThat(run(both)).isEqualTo(ExitCode.DONE);

        assertThat(records()).hasSize(3);
        assertThat(manifest().counts())
                .containsEntry("source_lines", 5L)
                .containsEntry("repeated_rows", 2L)
                .containsEntry("repeated_rows.2017-01", 2L);
    }

    @Test
    void aFileWithoutAColumnIsRefusedByName() throws IOException {
        assertThat(run(input("a.csv", "TRANS DATE,MERCHANT NAME\n2017-01-03,x\n")))
                .isEqualTo(ExitCode.USAGE);

        assertThat(out.toString(UTF_8))
                .contains("a.csv: columns: TRANS DATE, MERCHANT NAME (expected: ")
                .contains(", as mapping purchase-cards reads it)");
    }

    @Test
    void theRealMonthsKeepTheirNumbersAndOneOfThemAgainBringsNothing() throws IOException {
        Path real = SampleData.require("purchase-cards").resolve("pcard-part1.csv.gz");
        assertThat(run(real)).isEqualTo(ExitCode.DONE);
        assertThat(manifest().rows()).isEqualTo(15_000);
        assertThat(manifest().counts())
                .isEqualTo(Map.of(
                        "source_lines", 15_000L,
                        "count_expected", 15_000L,
                        "repeated_rows", 0L,
                        "skipped", 0L,
                        "unmapped", 0L));
        assertThat(records().stream()
                        .filter(record ->
                                record.get("amount_sale").decimalValue().signum() < 0))
                .hasSize(482);
        Set<Long> all = ids();
        assertThat(all).hasSize(15_000);

        List<String> january = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(real)), UTF_8))) {
            String header = lines.readLine();
            lines.lines().filter(line -> line.contains("copy-january-2017")).forEach(january::add);
            Collections.shuffle(january, new Random(7));
            january.replaceAll(line -> line.replace("cusersfinainmndesktoppublish-copy-january-2017.xls", "again.xls"));
            january.add(0, header.replace("TRANS DATE", "Trans Date").replace("MERCHANT NAME", "Merchant Name"));
        }
        assertThat(run(input("again.csv", String.join("\n", january)))).isEqualTo(ExitCode.DONE);
        assertThat(manifest().rows()).isEqualTo(5_227);
        assertThat(all).containsAll(ids());
    }

    private Path input(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private ExitCode run(Path input) {
        PrintStream console = new PrintStream(out, true, UTF_8);
        RunRequest request =
                new RunRequest("extract-job", "card-sales", ACCOUNT, DAY, "1", new Workspace(folder.resolve("data")));
        return new JobRunner(environment, CLOCK, console, true)
                .run(
                        request,
                        WindowConfiguration.class,
                        new CardFilesSource(input, Mappings.find("purchase-cards")),
                        new WindowOptions(ACCOUNT, false, null),
                        LandingFormat.plain(),
                        CredentialVault.from(environment));
    }

    private DayFolder folder() {
        return new Workspace(folder.resolve("data")).landing("card-sales", ACCOUNT, DAY);
    }

    private Manifest manifest() {
        return folder().read("no remedy");
    }

    private long id(int record) throws IOException {
        return records().get(record).get("id").longValue();
    }

    private List<String> rawData() throws IOException {
        return records().stream()
                .map(record -> record.get("raw_data").stringValue())
                .toList();
    }

    private Set<Long> ids() throws IOException {
        Set<Long> ids = new HashSet<>();
        records().forEach(record -> ids.add(record.get("id").longValue()));
        return ids;
    }

    private List<JsonNode> records() throws IOException {
        Path part = folder().path().resolve(manifest().files().get(0).path());
        return Files.readAllLines(part).stream()
                .map(line -> Json.mapper().readTree(line).get("record"))
                .toList();
    }
}
