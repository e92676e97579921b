package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.SampleData;
import dev.jangbu.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real logs and invoices through the whole pipeline, held to sums the test takes from the files itself. */
@ExtendWith(PostgresExtension.class)
class RealDataIT {
    private static final Pattern SPLIT = Pattern.compile(",");

    @TempDir
    private Path workspace;

    @Test
    void aDayOfARealShopsEventsReachesTheMarts(TestDatabase database) throws IOException {
        Path file = SampleData.require("rees46/2019-Oct-part1.csv.gz");
        List<String[]> rows = rows(file);
        Pipeline pipeline = new Pipeline(database, workspace);
        String ds = "2019-10-01";

        pipeline.expect(
                0,
                "extract-job",
                "events",
                "--ds",
                ds,
                "--source",
                "files",
                "--input",
                file.toString(),
                "--mapping",
                "rees46");
        pipeline.transform(ds);
        pipeline.load(ds);
        pipeline.marts(ds);

        Set<String> distinct = rows.stream().map(row -> String.join(",", row)).collect(Collectors.toSet());
        assertThat(rows).hasSize(9_000);
        assertThat(database.rows("SELECT lines_read, clean, rejected, rejected_by_reason FROM ops.load_log"))
                .containsExactly("9000|" + distinct.size() + "|" + (9_000 - distinct.size()) + "|{\"unique_event_id\": "
                        + (9_000 - distinct.size()) + "}");
        BigDecimal revenue = distinct.stream()
                .map(row -> SPLIT.split(row, -1))
                .filter(row -> row[1].equals("purchase"))
                .map(row -> new BigDecimal(row[6]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(new BigDecimal(database.value("SELECT SUM(total_amount)::TEXT FROM mart.mart_orders")))
                .isEqualByComparingTo(revenue);
        Map<String, Long> byType = distinct.stream()
                .collect(Collectors.groupingBy(row -> SPLIT.split(row, -1)[1], TreeMap::new, Collectors.counting()));
        assertThat(database.rows(
                        "SELECT event_type, COUNT(*) FROM raw.raw_events GROUP BY event_type ORDER BY event_type"))
                .containsExactly(
                        "add_to_cart|" + byType.getOrDefault("cart", 0L),
                        "page_view|" + byType.get("view"),
                        "purchase|" + byType.get("purchase"));
    }

    @Test
    void revenuePerDayOfRealInvoicesIsTheFilesOwnSumOfTheAcceptedLines(TestDatabase database) throws IOException {
        Path folder = Objects.requireNonNull(
                SampleData.require("online-retail/2010-12-01.csv.gz").getParent());
        Pipeline pipeline = new Pipeline(database, workspace);
        Map<String, BigDecimal> accepted = new TreeMap<>();
        for (Path file : files(folder)) {
            String ds = file.getFileName().toString().substring(0, 10);
            accepted.put(ds, acceptedSum(rows(file)));
            pipeline.expect(
                    0,
                    "extract-job",
                    "events",
                    "--ds",
                    ds,
                    "--source",
                    "files",
                    "--input",
                    folder.toString(),
                    "--mapping",
                    "online-retail");
            pipeline.transform(ds);
            pipeline.load(ds);
            pipeline.expect(0, "mart-job", "build", "--mart", "mart_orders", "--ds", ds);
        }

        Map<String, BigDecimal> revenue = new TreeMap<>();
        database.rows("SELECT order_date, SUM(total_amount) FROM mart.mart_orders GROUP BY order_date")
                .forEach(row -> revenue.put(row.substring(0, 10), new BigDecimal(row.substring(11))));
        assertThat(revenue)
                .hasSize(10)
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(accepted);
        assertThat(database.value("SELECT SUM(lines_read) = SUM(clean) + SUM(rejected) FROM ops.load_log"))
                .isEqualTo("t");
    }

    /** What a sale is: a line of an invoice that was not cancelled, with a quantity and a price above zero. */
    private static BigDecimal acceptedSum(List<String[]> rows) {
        BigDecimal sum = BigDecimal.ZERO;
        for (String[] row : rows) {
            BigDecimal quantity = new BigDecimal(row[3]);
            BigDecimal price = new BigDecimal(row[5]);
            if (!row[0].startsWith("C") && quantity.signum() > 0 && price.signum() > 0) {
                sum = sum.add(quantity.multiply(price));
            }
        }
        return sum;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .toList();
        }
    }

    /** A plain reading of a CSV: quoted fields may hold commas and doubled quotes, none holds a line break. */
    private static List<String[]> rows(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            reader.readLine();
            List<String[]> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(fields(line.stripTrailing()));
            }
            return rows;
        }
    }

    private static String[] fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int at = 0; at < line.length(); at++) {
            char letter = line.charAt(at);
            if (letter == '"') {
                isQuoted = !isQuoted;
            } else if (letter == ',' && !isQuoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(letter);
            }
        }
        fields.add(field.toString());
        return fields.toArray(String[]::new);
    }
}
