package dev.jangbu.extract.ga4;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An export of Universal Analytics as CSV: its rows by day and source, all of them or none. It had no channel group, so
 * that is {@code (not set)}.
 */
public final class UniversalAnalyticsSource implements ShopSource {
    private static final String NOT_SET = "(not set)";
    private static final String DATE = "ga:date";
    private static final String PLACE = "ga:sourceMedium";
    private static final List<String> COUNTS =
            List.of("ga:sessions", "ga:users", "ga:transactions", "ga:transactionRevenue");

    private final Path file;

    /** @throws JobFailure with {@link ExitCode#USAGE} when the file is not there */
    public UniversalAnalyticsSource(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new JobFailure(
                    ExitCode.USAGE, "--input: " + file + " (expected: a CSV export of Universal Analytics)");
        }
        this.file = file;
    }

    @Override
    public String name() {
        return "ua";
    }

    @Override
    public Set<String> datasets() {
        return Set.of("web-traffic");
    }

    @Override
    public String plan() {
        return file.toString();
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing) {
        Instant now = access.clock().instant();
        long rows = 0;
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .skipEmptyLines(true)
                .ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : csv) {
                landing.write(traffic(row), now);
                rows++;
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        } catch (UncheckedIOException failure) {
            throw StorageFailure.of("cannot read", file, new IOException(failure));
        } catch (CsvParseException broken) {
            throw FailureKind.SCHEMA.failure(file + ": no CSV", broken);
        }
        return Map.of("count_expected", rows);
    }

    private TrafficRow traffic(NamedCsvRecord row) {
        String[] place = text(row, PLACE).split(" / ", 2);
        return new TrafficRow(
                date(row),
                NOT_SET,
                place[0].isBlank() ? NOT_SET : place[0],
                place.length < 2 || place[1].isBlank() ? NOT_SET : place[1],
                number(row, COUNTS.get(0)),
                number(row, COUNTS.get(1)),
                number(row, COUNTS.get(2)),
                number(row, COUNTS.get(3)),
                false);
    }

    private String date(NamedCsvRecord row) {
        String text = text(row, DATE).replace("-", "");
        if (!text.matches("[0-9]{8}")) {
            throw wrong(row, DATE, text, "20190131 or 2019-01-31");
        }
        return text;
    }

    private BigDecimal number(NamedCsvRecord row, String column) {
        String text = text(row, column).replace(",", "");
        if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,6})?")) {
            throw wrong(row, column, text, "a number");
        }
        return new BigDecimal(text);
    }

    private String text(NamedCsvRecord row, String column) {
        return row.findField(column)
                .map(String::strip)
                .orElseThrow(() -> wrong(row, column, "missing", "a column of that name"));
    }

    private JobFailure wrong(NamedCsvRecord row, String column, String value, String expected) {
        return FailureKind.SCHEMA.failure(
                column + ": " + value + " (expected: " + expected + ") in " + file + ":" + row.getStartingLineNumber());
    }
}
