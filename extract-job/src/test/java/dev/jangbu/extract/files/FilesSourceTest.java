package dev.jangbu.extract.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.extract.Landed;
import dev.jangbu.extract.mapping.Mappings;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.testkit.SampleData;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FilesSourceTest {
    private static final String DAY = "2026-01-15";
    private static final String TWO_COLUMNS = """
            name: sales
            profile: default
            format: csv
            time: {column: at, format: iso}
            fields: {name: name}
            """;

    @TempDir
    Path folder;

    private Path landing = Path.of("");

    @BeforeEach
    void makeLanding() throws IOException {
        landing = Files.createDirectories(folder.resolve("landing"));
    }

    @Test
    void linesWithoutMappingPassByteForByte() throws IOException {
        ByteArrayOutputStream hostile = new ByteArrayOutputStream();
        for (byte[] line : List.of(
                new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '{', '}'},
                new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0xC0, (byte) 0x80},
                "\\.".getBytes(UTF_8),
                "{\"event_id\":\"\\u0000\\ud800\",\"event_id\":1e400}\r".getBytes(UTF_8),
                "[".repeat(10_000).getBytes(UTF_8),
                "2026 ERROR \u001B[31m ${jndi:ldap://x} '; DROP TABLE".getBytes(UTF_8),
                "".getBytes(UTF_8))) {
            hostile.write(line);
            hostile.write('\n');
        }
        Path file = Files.write(folder.resolve("in.jsonl"), hostile.toByteArray());

        Landed landed = land(file, null);

        assertThat(landed.bytes()).isEqualTo(hostile.toByteArray());
        assertThat(landed.rows()).isEqualTo(6);
        assertThat(landed.counts()).isEmpty();
    }

    @Test
    void gzipIsKnownByItsBytesAndLandedUnpacked() throws IOException {
        Path file = folder.resolve("in.jsonl");
        zip(file, "{\"a\":1}\n{\"a\":2}");

        assertThat(new String(land(file, null).bytes(), UTF_8)).isEqualTo("{\"a\":1}\n{\"a\":2}");
    }

    @Test
    void aTruncatedGzipIsAFailureThatNamesTheFile() throws IOException {
        Path whole = folder.resolve("whole.gz");
        zip(whole, "{\"a\":1}\n".repeat(1_000));
        byte[] bytes = Files.readAllBytes(whole);
        Path file = Files.write(folder.resolve("in.jsonl.gz"), Arrays.copyOf(bytes, bytes.length - 20));

        assertThatThrownBy(() -> land(file, null))
                .isInstanceOf(JobFailure.class)
                .hasMessage("cannot read " + file + ": Unexpected end of ZLIB input stream");
    }

    @Test
    void aFolderIsReadByName() throws IOException {
        Path input = Files.createDirectories(folder.resolve("in"));
        Files.writeString(input.resolve("b.jsonl"), "{\"b\":1}\n");
        Files.writeString(input.resolve("a.jsonl"), "{\"a\":1}");
        Files.writeString(input.resolve(".hidden"), "{\"h\":1}");
        Files.createDirectories(input.resolve("below"));

        assertThat(land(input, null).parts()).hasSize(2);
        assertThat(new String(land(input, null).bytes(), UTF_8)).isEqualTo("{\"a\":1}{\"b\":1}\n");
    }

    @Test
    void wrongOptionsAreToldBeforeTheRun() throws IOException {
        Path csv = Files.writeString(folder.resolve("a.csv"), "a,b\n");
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertUsage(
                () -> InputFiles.of(folder.resolve("gone")),
                "--input: " + folder.resolve("gone") + " (expected: an existing file, or a folder with files)");
        assertUsage(
                () -> InputFiles.of(empty),
                "--input: " + empty + " (expected: an existing file, or a folder with files)");
        assertUsage(
                () -> InputFiles.of(csv).requireLines(),
                "--mapping: missing (expected: one, to read the columns of " + csv + ")");
        assertUsage(() -> new FilesOptions().open(), "--input: missing (expected: a file or a folder)");
    }

    @Test
    void rowsOfOtherDaysAreCountedAndTheBooksBalance() throws IOException {
        Landed landed = csv(TWO_COLUMNS, """
                at,name
                2026-01-14T23:59:59.999,the day before
                2026-01-15T00:00:00,first
                2026-01-14T15:00:00Z,first too
                2026-01-15 23:59:59.999,last
                2026-01-16T00:00:00+09:00,the day after
                """);

        assertThat(landed.lines())
                .containsExactly(
                        "{\"name\":\"first\",\"timestamp\":\"2026-01-15T00:00:00+09:00\"}",
                        "{\"name\":\"first too\",\"timestamp\":\"2026-01-14T15:00:00Z\"}",
                        "{\"name\":\"last\",\"timestamp\":\"2026-01-15T23:59:59.999+09:00\"}");
        assertThat(landed.counts()).isEqualTo(books(5, 3, 2, 0, 0, 0));
    }

    @Test
    void byteOrderMarkCarriageReturnsQuotesAndBlankLinesAreCsv() throws IOException {
        Landed landed = csv(TWO_COLUMNS, "\uFEFFat,name\r\n\r\n2026-01-15T10:00:00,\"a \"\"b\"\",\r\nc\"\r\n");

        assertThat(landed.records()).singleElement().satisfies(record -> assertThat(
                        record.get("name").stringValue())
                .isEqualTo("a \"b\",\r\nc"));
        assertThat(landed.counts()).isEqualTo(books(1, 1, 0, 0, 0, 0));
    }

    @Test
    void aRowThatCannotBeMappedIsLandedAsItCame() throws IOException {
        Landed landed = csv(TWO_COLUMNS, """
                at,name
                2026-01-15T10:00:00,a,b
                2026-02-30T10:00:00,no such day
                ,no time
                2026-01-15T10:00:00,fine
                """);

        assertThat(landed.lines())
                .containsExactly(
                        "{\"unmapped\":{\"file\":\"in.csv\",\"line\":2,\"reason\":\"columns: 3 (expected: 2)\","
                                + "\"row\":[\"2026-01-15T10:00:00\",\"a\",\"b\"]}}",
                        "{\"unmapped\":{\"file\":\"in.csv\",\"line\":3,\"reason\":\"at: 2026-02-30T10:00:00 (expected: a time"
                                + " such as 2026-01-15T09:30:00+09:00)\",\"row\":[\"2026-02-30T10:00:00\",\"no such day\"]}}",
                        "{\"unmapped\":{\"file\":\"in.csv\",\"line\":4,\"reason\":\"at: absent (expected: a time such as"
                                + " 2026-01-15T09:30:00+09:00)\",\"row\":[\"\",\"no time\"]}}",
                        "{\"name\":\"fine\",\"timestamp\":\"2026-01-15T10:00:00+09:00\"}");
        assertThat(landed.counts()).isEqualTo(books(4, 4, 0, 0, 0, 3));
    }

    @Test
    void bytesOfAnotherEncodingAreNotGuessed() throws IOException {
        byte[] korean = "at,name\n2026-01-15T10:00:00,캠핑\n".getBytes(Charset.forName("MS949"));
        Path file = Files.write(folder.resolve("in.csv"), korean);

        assertThat(map(TWO_COLUMNS, file).lines().get(0))
                .contains("\"reason\":\"name: not text of the file's encoding\"");
        String told = TWO_COLUMNS.replace("format: csv", "format: csv\ncsv: {encoding: MS949}");
        assertThat(map(told, file).lines())
                .containsExactly("{\"name\":\"캠핑\",\"timestamp\":\"2026-01-15T10:00:00+09:00\"}");
    }

    @Test
    void aFileWithoutTheColumnsOfTheMappingIsToldWithBoth() {
        assertUsage(
                () -> csv(TWO_COLUMNS, "when,name\n"),
                "in.csv: columns: when, name (expected: at, as mapping sales reads it)");
        assertUsage(
                () -> csv(TWO_COLUMNS, "at,name,at\n"), "in.csv: columns: [at, name, at] (expected: each name once)");
    }

    @Test
    void aQuoteThatNeverEndsIsAFailureNotAGiantRow() {
        assertThatThrownBy(() -> csv(TWO_COLUMNS, "at,name\n2026-01-15T10:00:00,\"a\nb\nc\n"))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.FAILED))
                .hasMessageEndingWith("(expected: CSV as in RFC 4180)");
    }

    @Test
    void aFileWithoutHeaderIsReadByGivenNames() throws IOException {
        String headless =
                TWO_COLUMNS.replace("format: csv", "format: csv\ncsv: {columns: [at, name], delimiter: \"\\t\"}");

        assertThat(csv(headless, "2026-01-15T10:00:00\tx\n").lines())
                .containsExactly("{\"name\":\"x\",\"timestamp\":\"2026-01-15T10:00:00+09:00\"}");
    }

    @Test
    void eachKindOfExpressionGivesItsValue() throws IOException {
        Landed landed = csv("""
                name: all
                profile: default
                format: csv
                time: {column: at, format: "dd/MM/uuuu HH.mm", zone: Europe/London, field: sold_at}
                skip: {kind: [test]}
                fields:
                  kind: {column: [art, kind], values: {s: sale}}
                  other: {column: kind, values: {s: sale}, otherwise: null}
                  id: {uuid: [no, kind]}
                  store: {constant: 12}
                  online: {constant: false}
                  link: {template: "https://x/{no}?k={kind}"}
                  gone: {template: "{no}/{note}"}
                  card: {column: card, match: '(\\d{4}).*'}
                  count: {column: count, as: integer}
                  price: {column: price, as: number}
                  note: {column: note, default: none}
                  total: {sum: [count, price], when: {kind: sale}}
                  nested: {object: {a: {object: {no: no}}, empty: {object: {note: note}}}}
                """, """
                no,kind,card,count,price,note,at
                1,s,1234-****,3.0,1e2,,14/01/2026 15.30
                2,t,none,3.5,"1,000원",,14/01/2026 15.30
                3,test,none,1,1,,14/01/2026 15.30
                4,s,none,1,1e999999999,,13/01/2026 15.30
                """);

        assertThat(landed.lines())
                .containsExactly(
                        "{\"kind\":\"sale\",\"other\":\"sale\",\"id\":\"" + id(landed, 0) + "\",\"store\":12,"
                                + "\"online\":false,\"link\":\"https://x/1?k=s\",\"card\":\"1234\",\"count\":3,"
                                + "\"price\":1E+2,\"note\":\"none\",\"total\":300,\"nested\":{\"a\":{\"no\":\"1\"}},"
                                + "\"sold_at\":\"2026-01-14T15:30:00Z\"}",
                        "{\"kind\":\"t\",\"id\":\"" + id(landed, 1) + "\",\"store\":12,\"online\":false,"
                                + "\"link\":\"https://x/2?k=t\",\"card\":\"none\",\"count\":3.5,\"price\":\"1,000원\","
                                + "\"note\":\"none\",\"nested\":{\"a\":{\"no\":\"2\"}},\"sold_at\":\"2026-01-14T15:30:00Z\"}");
        assertThat(id(landed, 0)).matches("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(id(landed, 0)).isNotEqualTo(id(landed, 1));
        assertThat(landed.counts()).isEqualTo(books(4, 2, 1, 1, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "1e999999999", "-1e-999999999", "NaN", "Infinity", "0x10", "12 won"})
    void whatNoAmountCanBeStaysTextAndIsNeverUnfolded(String text) throws IOException {
        String priced =
                TWO_COLUMNS.replace("name: name}", "name: {column: name, as: integer}, sum: {sum: [name, name]}}");

        assertThat(csv(priced, "at,name\n2026-01-15T10:00:00," + text + "\n").lines())
                .containsExactly("{\"name\":\"" + text + "\",\"timestamp\":\"2026-01-15T10:00:00+09:00\"}");
    }

    @Test
    void linesOfAnOrderNeedNotFollowEachOther() throws IOException {
        String grouped = """
                name: orders
                profile: default
                format: csv
                time: {column: at, format: iso}
                group_by: {columns: [order], accept: [{column: quantity, min: 1}]}
                fields:
                  order_id: order
                  total: {sum: [quantity, price]}
                  products: {lines: {id: product, quantity: {column: quantity, as: integer}}}
                """;

        Landed landed = csv(grouped, """
                order,product,quantity,price,at
                A,p,1,10.00,2026-01-15T10:00:00
                B,q,2,5.00,2026-01-15T10:01:00
                A,r,-1,10.00,2026-01-15T10:00:00
                A,s,2,0.50,2026-01-15T10:02:00
                A,t,1,1.00,2026-01-16T10:00:00
                ,u,1,1.00,2026-01-15T10:03:00
                """);

        assertThat(landed.lines())
                .containsExactly(
                        "{\"order_id\":\"A\",\"total\":-10.00,\"products\":[{\"id\":\"r\",\"quantity\":-1}],"
                                + "\"timestamp\":\"2026-01-15T10:00:00+09:00\"}",
                        "{\"total\":1.00,\"products\":[{\"id\":\"u\",\"quantity\":1}],"
                                + "\"timestamp\":\"2026-01-15T10:03:00+09:00\"}",
                        "{\"order_id\":\"A\",\"total\":11.00,\"products\":[{\"id\":\"p\",\"quantity\":1},"
                                + "{\"id\":\"s\",\"quantity\":2}],\"timestamp\":\"2026-01-15T10:00:00+09:00\"}",
                        "{\"order_id\":\"B\",\"total\":10.00,\"products\":[{\"id\":\"q\",\"quantity\":2}],"
                                + "\"timestamp\":\"2026-01-15T10:01:00+09:00\"}");
        assertThat(landed.counts()).isEqualTo(books(6, 4, 1, 0, 1, 0));
    }

    @Test
    void retailrocketRowsBecomeEventsAndTransactionsPurchases() throws IOException {
        Landed landed = sample("retailrocket.csv", "retailrocket", "2015-06-02");

        assertThat(landed.records())
                .extracting(event -> text(event, "event_type") + " " + text(event, "user_id") + " "
                        + text(event, "product_id") + text(event, "order_id") + " " + text(event, "timestamp"))
                .containsExactly(
                        "page_view 257597 355908 2015-06-02T05:02:12.117Z",
                        "page_view 992329 248676 2015-06-02T05:50:14.164Z",
                        "add_to_cart 111016 318965 2015-06-02T05:13:19.827Z",
                        "page_view 257597 355908 2015-06-02T05:02:12.117Z",
                        "page_view 102019 81345 2015-06-02T13:00:00Z",
                        "purchase 599528 4000 2015-06-02T05:17:56.276Z",
                        "purchase 121688 11117 2015-06-01T21:18:20.981Z",
                        "purchase 552148 5444 2015-06-01T21:18:20.981Z");
        assertThat(landed.lines().get(5))
                .contains("\"items\":[{\"product_id\":\"356475\"},{\"product_id\":\"10034\"}]");
        assertThat(text(landed.records().get(3), "event_id"))
                .isEqualTo(text(landed.records().get(0), "event_id"));
        assertThat(landed.counts()).isEqualTo(books(9, 8, 0, 0, 1, 0));
    }

    @Test
    void ga4LinesBecomeEvents() throws IOException {
        Landed landed = sample("ga4.jsonl", "ga4", "2021-01-31");
        List<String> lines = landed.lines().stream()
                .map(line -> line.replaceAll("^\\{\"event_id\":\"[0-9a-f-]{36}\",", "{"))
                .toList();

        String who = "\"user_id\":\"1026454.4271112504\",\"session_id\":\"1026454.4271112504-8160271\","
                + "\"platform\":\"web\",\"device_type\":\"mobile\"";
        assertThat(lines.subList(0, 5))
                .containsExactly(
                        "{\"event_type\":\"page_view\"," + who + ",\"os\":\"Android\",\"browser\":\"Chrome\","
                                + "\"page_url\":\"https://shop.example.com/\",\"timestamp\":\"2021-01-31T05:05:10.766593Z\"}",
                        "{\"event_type\":\"page_view\"," + who + ",\"browser\":\"Chrome\","
                                + "\"page_url\":\"https://shop.example.com/tee\",\"referrer\":\"https://www.google.com/\","
                                + "\"product_id\":\"9197746\",\"timestamp\":\"2021-01-31T05:05:20.000001Z\"}",
                        "{\"event_type\":\"add_to_cart\"," + who + ",\"product_id\":\"9197746\",\"quantity\":2,"
                                + "\"unit_price\":24,\"timestamp\":\"2021-01-31T05:05:30Z\"}",
                        "{\"event_type\":\"purchase\"," + who + ",\"order_id\":\"741471\",\"total_amount\":57.5,"
                                + "\"extra_data\":{\"products\":[{\"product_id\":\"9197746\",\"quantity\":2,\"unit_price\":24},"
                                + "{\"product_id\":\"9197747\",\"quantity\":1,\"unit_price\":5.5}],\"shipping_fee\":4,"
                                + "\"coupon_code\":\"NEW10\"},\"timestamp\":\"2021-01-31T05:06:30Z\"}",
                        "{\"event_type\":\"search\"," + who + ",\"search_query\":\"방한 모자\","
                                + "\"timestamp\":\"2021-01-31T05:06:40Z\"}");
        assertThat(lines.get(5)).contains("\"line\":8,\"reason\":\"not JSON: ");
        assertThat(landed.counts()).isEqualTo(books(8, 6, 1, 1, 0, 1));
    }

    @Test
    void aDayOfRees46IsLandedWhole() throws IOException {
        Path file = SampleData.require("rees46/2019-Oct-part1.csv.gz");
        Landed landed = Landed.of(source("rees46", file), "2019-10-01", landing);
        List<JsonNode> events = landed.records();

        assertThat(landed.counts()).isEqualTo(books(9_000, 9_000, 0, 0, 0, 0));
        assertThat(events.stream()
                        .collect(Collectors.groupingBy(event -> text(event, "event_type"), Collectors.counting())))
                .isEqualTo(Map.of("page_view", 8_808L, "add_to_cart", 86L, "purchase", 106L));
        assertThat(events.stream().map(event -> text(event, "event_id")).distinct())
                .hasSize(8_996);
        assertThat(events)
                .noneMatch(event -> event.has("brand") && text(event, "brand").isEmpty());
        assertThat(Landed.of(source("rees46", file), "2019-10-02", Files.createDirectories(folder.resolve("next")))
                        .counts())
                .isEqualTo(books(9_000, 0, 9_000, 0, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2010-12-01",
                "2010-12-02",
                "2010-12-03",
                "2010-12-05",
                "2010-12-06",
                "2010-12-07",
                "2010-12-08",
                "2010-12-09",
                "2010-12-10",
                "2010-12-12"
            })
    void revenueOfAnInvoiceDayIsThatOfItsGoodLinesToThePenny(String day) throws IOException {
        Path file = SampleData.require("online-retail/" + day + ".csv.gz");
        Map<String, BigDecimal> expected = new HashMap<>();
        long bad = 0;
        long rows = 0;
        for (List<String> line : plainCsv(file)) {
            BigDecimal amount = new BigDecimal(line.get(3)).multiply(new BigDecimal(line.get(5)));
            rows++;
            if (amount.signum() > 0 && new BigDecimal(line.get(3)).signum() > 0) {
                expected.merge(line.get(0), amount, BigDecimal::add);
            } else {
                bad++;
            }
        }

        Landed landed = Landed.of(source("online-retail", file), day, landing);
        Map<String, BigDecimal> taken = new HashMap<>();
        long refused = 0;
        for (JsonNode event : landed.records()) {
            BigDecimal total = event.get("total_amount").decimalValue();
            if (total.signum() > 0) {
                assertThat(taken.put(text(event, "order_id"), total)).isNull();
            } else {
                refused++;
            }
        }

        assertThat(taken)
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(expected);
        assertThat(refused).isEqualTo(bad);
        assertThat(landed.counts()).isEqualTo(books(rows, landed.rows(), 0, 0, rows - bad - expected.size(), 0));
        assertThat(landed.records()).allMatch(event -> text(event, "user_id").matches("\\d{5}|guest"));
    }

    private Landed csv(String mapping, String content) throws IOException {
        return map(mapping, Files.writeString(folder.resolve("in.csv"), content));
    }

    private Landed map(String mapping, Path file) throws IOException {
        Path yaml = Files.writeString(folder.resolve("mapping.yaml"), mapping);
        return land(file, yaml.toString());
    }

    private Landed land(Path file, @org.jspecify.annotations.Nullable String mapping) {
        return Landed.of(
                new FilesSource(InputFiles.of(file), mapping == null ? null : Mappings.find(mapping), "default"),
                DAY,
                landing);
    }

    private Landed sample(String file, String mapping, String day) throws IOException {
        try (InputStream sample = Objects.requireNonNull(getClass().getResourceAsStream("/samples/" + file))) {
            Path copy = folder.resolve(file);
            Files.copy(sample, copy);
            return Landed.of(source(mapping, copy), day, landing);
        }
    }

    private static FilesSource source(String mapping, Path file) {
        return new FilesSource(InputFiles.of(file), Mappings.find(mapping), mapping);
    }

    private static void assertUsage(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessage(message);
    }

    private static Map<String, Long> books(
            long rows, long lines, long otherDays, long skipped, long folded, long unmapped) {
        return Map.of(
                "rows_read",
                rows,
                "lines",
                lines,
                "other_days",
                otherDays,
                "skipped",
                skipped,
                "folded",
                folded,
                "unmapped",
                unmapped);
    }

    private static String id(Landed landed, int line) throws IOException {
        return text(landed.records().get(line), "id");
    }

    private static String text(JsonNode event, String field) {
        return event.has(field) ? event.get(field).asString() : "";
    }

    /** The sample has quotes around descriptions only. */
    private static List<List<String>> plainCsv(Path file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            return reader.lines()
                    .skip(1)
                    .map(line -> Arrays.asList(line.replaceAll("\"[^\"]*\"", "").split(",", -1)))
                    .toList();
        }
    }

    private static void zip(Path file, String content) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(UTF_8));
        }
    }
}
