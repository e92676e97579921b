package dev.jangbu.extract.ga4;

import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.ApiClient;
import dev.jangbu.extract.http.ApiRequest;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.Reply;
import dev.jangbu.extract.window.RecordWriter;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reports of a property, one day at a time: Google tells of a whole report whether it is approximate. A row lands as it
 * is, under the name of its record; of traffic without one.
 */
final class PropertyReports {
    private static final int PAGE = 50_000;

    private final ApiClient client;
    private final String path;
    private final Clock clock;
    private final @Nullable RecordWriter landing;
    private @Nullable String timeZone;
    private boolean isLowOnQuota;

    /** @param landing null where the rows are only counted */
    PropertyReports(ApiClient client, String propertyId, Clock clock, @Nullable RecordWriter landing) {
        this.client = client;
        this.path = "properties/" + propertyId + ":runReport";
        this.clock = clock;
        this.landing = landing;
    }

    /** The property's, once a report told it; null before. */
    @Nullable
    String timeZone() {
        return timeZone;
    }

    /** Writes the day's rows and says how many there are. */
    long write(Report report, LocalDate day) throws NeedsAttention {
        long rows = 0;
        ReportPage page;
        do {
            page = page(report, day, rows);
            rows += page.found().size();
        } while (!page.found().isEmpty() && rows < page.count());
        if (rows != page.count()) {
            throw FailureKind.COUNT_MISMATCH.failure("POST " + path + ": rows of " + report.record() + " of " + day
                    + ": " + rows + " (expected: " + page.count() + ", its rowCount)");
        }
        return rows;
    }

    private ReportPage page(Report report, LocalDate day, long offset) throws NeedsAttention {
        if (isLowOnQuota) {
            throw FailureKind.QUOTA.failure(
                    "POST " + path + ": fewer than 500 tokens left in the hour (expected: run again in the next hour)");
        }
        Instant asked = clock.instant();
        ReportPage page =
                client.read(ApiRequest.search(path, body(report, day, offset)), ReportPage.class, Reply.Spelling.CAMEL);
        if (!page.found().isEmpty() && !page.columns().equals(report.columns())) {
            throw FailureKind.SCHEMA.failure(
                    "POST " + path + ": columns: " + page.columns() + " (expected: " + report.columns() + ")");
        }
        ReportPage.@Nullable Metadata metadata = page.metadata();
        boolean isApproximate = metadata != null && metadata.isApproximate();
        timeZone = metadata == null ? timeZone : metadata.timeZone();
        isLowOnQuota = page.isLowOnQuota();
        RecordWriter writer = landing;
        if (writer != null) {
            page.found().forEach(row -> writer.write(record(report, row, isApproximate), asked));
        }
        return page;
    }

    private Object record(Report report, ReportPage.Row row, boolean isApproximate) {
        List<ReportPage.Value> where = row.dimensionValues();
        List<ReportPage.Value> counts = row.metricValues();
        List<String> dimensions = report.dimensions();
        List<String> metrics = report.metrics();
        if (where.size() != dimensions.size() || counts.size() != metrics.size()) {
            throw FailureKind.SCHEMA.failure("POST " + path + ": values: " + where.size() + " and " + counts.size()
                    + " (expected: " + dimensions.size() + " and " + metrics.size() + ")");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int place = 0; place < dimensions.size(); place++) {
            fields.put(dimensions.get(place), where.get(place).value());
        }
        for (int place = 0; place < metrics.size(); place++) {
            fields.put(metrics.get(place), number(metrics.get(place), counts.get(place)));
        }
        fields.put("approximate", isApproximate);
        return report.equals(Report.TRAFFIC) ? fields : Map.of(report.record(), fields);
    }

    private BigDecimal number(String name, ReportPage.Value told) {
        try {
            return new BigDecimal(told.value());
        } catch (NumberFormatException none) {
            throw FailureKind.SCHEMA.failure("POST " + path + ": " + name + ": no number", none);
        }
    }

    /** Ordered by all dimensions: without an order pages need not fit together. */
    private static Map<String, Object> body(Report report, LocalDate day, long offset) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dateRanges", List.of(Map.of("startDate", day.toString(), "endDate", day.toString())));
        body.put("dimensions", named(report.dimensions()));
        body.put("metrics", named(report.metrics()));
        body.put(
                "orderBys",
                report.dimensions().stream()
                        .map(name -> Map.of("dimension", Map.of("dimensionName", name)))
                        .toList());
        body.put("limit", String.valueOf(PAGE));
        body.put("offset", String.valueOf(offset));
        body.put("keepEmptyRows", false);
        body.put("returnPropertyQuota", true);
        return body;
    }

    private static List<Map<String, String>> named(List<String> names) {
        return names.stream().map(name -> Map.of("name", name)).toList();
    }
}
