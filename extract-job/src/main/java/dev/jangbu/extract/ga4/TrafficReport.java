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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The report of daily traffic, one day at a time: Google tells of a whole report whether it is approximate. Its dimensions
 * and metrics are fixed, as not all go together.
 */
final class TrafficReport {
    private static final List<String> DIMENSIONS =
            List.of("date", "sessionDefaultChannelGroup", "sessionSource", "sessionMedium");
    private static final List<String> METRICS =
            List.of("sessions", "totalUsers", "ecommercePurchases", "purchaseRevenue");
    private static final List<String> COLUMNS =
            Stream.concat(DIMENSIONS.stream(), METRICS.stream()).toList();
    private static final int PAGE = 50_000;

    private final ApiClient client;
    private final String path;
    private final Clock clock;
    private final @Nullable RecordWriter landing;
    private @Nullable String timeZone;
    private boolean isLowOnQuota;

    /** @param landing null where the rows are only counted */
    TrafficReport(ApiClient client, String propertyId, Clock clock, @Nullable RecordWriter landing) {
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
    long write(LocalDate day) throws NeedsAttention {
        long rows = 0;
        ReportPage page;
        do {
            page = page(day, rows);
            rows += page.found().size();
        } while (!page.found().isEmpty() && rows < page.count());
        if (rows != page.count()) {
            throw FailureKind.COUNT_MISMATCH.failure("POST " + path + ": rows of " + day + ": " + rows + " (expected: "
                    + page.count() + ", its rowCount)");
        }
        return rows;
    }

    private ReportPage page(LocalDate day, long offset) throws NeedsAttention {
        if (isLowOnQuota) {
            throw FailureKind.QUOTA.failure(
                    "POST " + path + ": fewer than 500 tokens left in the hour (expected: run again in the next hour)");
        }
        Instant asked = clock.instant();
        ReportPage page =
                client.read(ApiRequest.search(path, body(day, offset)), ReportPage.class, Reply.Spelling.CAMEL);
        if (!page.found().isEmpty() && !page.columns().equals(COLUMNS)) {
            throw FailureKind.SCHEMA.failure(
                    "POST " + path + ": columns: " + page.columns() + " (expected: " + COLUMNS + ")");
        }
        ReportPage.@Nullable Metadata metadata = page.metadata();
        boolean isApproximate = metadata != null && metadata.isApproximate();
        timeZone = metadata == null ? timeZone : metadata.timeZone();
        isLowOnQuota = page.isLowOnQuota();
        RecordWriter writer = landing;
        if (writer != null) {
            page.found().forEach(row -> writer.write(row(row, isApproximate), asked));
        }
        return page;
    }

    private TrafficRow row(ReportPage.Row row, boolean isApproximate) {
        List<ReportPage.Value> where = row.dimensionValues();
        List<ReportPage.Value> counts = row.metricValues();
        if (where.size() != DIMENSIONS.size() || counts.size() != METRICS.size()) {
            throw FailureKind.SCHEMA.failure("POST " + path + ": values: " + where.size() + " and " + counts.size()
                    + " (expected: " + DIMENSIONS.size() + " and " + METRICS.size() + ")");
        }
        return new TrafficRow(
                where.get(0).value(),
                where.get(1).value(),
                where.get(2).value(),
                where.get(3).value(),
                number(counts, 0),
                number(counts, 1),
                number(counts, 2),
                number(counts, 3),
                isApproximate);
    }

    private BigDecimal number(List<ReportPage.Value> counts, int place) {
        try {
            return new BigDecimal(counts.get(place).value());
        } catch (NumberFormatException none) {
            throw FailureKind.SCHEMA.failure("POST " + path + ": " + METRICS.get(place) + ": no number", none);
        }
    }

    /** Ordered by all dimensions: without an order pages need not fit together. */
    private static Map<String, Object> body(LocalDate day, long offset) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dateRanges", List.of(Map.of("startDate", day.toString(), "endDate", day.toString())));
        body.put("dimensions", named(DIMENSIONS));
        body.put("metrics", named(METRICS));
        body.put(
                "orderBys",
                DIMENSIONS.stream()
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
