package dev.jangbu.extract.ga4;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.jangbu.extract.http.Promised;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page of a report. Google leaves out what is empty or zero.
 *
 * @param rowCount of all pages
 */
record ReportPage(
        @Nullable List<Name> dimensionHeaders,
        @Nullable List<Name> metricHeaders,
        @Nullable List<Row> rows,
        @Nullable Long rowCount,
        @Nullable Metadata metadata,
        @Nullable PropertyQuota propertyQuota,
        String kind) {
    ReportPage {
        Promised.present("kind", kind);
        if (rows != null && !rows.isEmpty()) {
            Promised.present("dimensionHeaders", dimensionHeaders);
            Promised.present("metricHeaders", metricHeaders);
            Promised.present("rowCount", rowCount);
        }
    }

    /** Of a column. */
    record Name(String name) {}

    /** The values in the columns' order, as texts. */
    record Row(List<Value> dimensionValues, List<Value> metricValues) {
        Row {
            Promised.present("dimensionValues", dimensionValues);
            Promised.present("metricValues", metricValues);
        }
    }

    /** One of them. */
    record Value(String value) {
        @JsonCreator
        Value {
            Promised.present("value", value);
        }
    }

    /** How much the figures may be trusted. */
    record Metadata(
            @Nullable Boolean dataLossFromOtherRow,
            @Nullable Boolean subjectToThresholding,
            @Nullable List<JsonNode> samplingMetadatas,
            @Nullable String timeZone) {
        boolean isApproximate() {
            return Boolean.TRUE.equals(dataLossFromOtherRow)
                    || Boolean.TRUE.equals(subjectToThresholding)
                    || (samplingMetadatas != null && !samplingMetadatas.isEmpty());
        }
    }

    /** What is left to spend. */
    record PropertyQuota(
            @Nullable Status tokensPerHour, @Nullable Status tokensPerProjectPerHour) {
        boolean isLow() {
            return isLow(tokensPerHour) || isLow(tokensPerProjectPerHour);
        }

        private static boolean isLow(@Nullable Status status) {
            return status != null && status.remaining() != null && status.remaining() < LEFT_TO_OTHERS;
        }
    }

    /** Of one quota. */
    record Status(@Nullable Integer remaining) {}

    private static final int LEFT_TO_OTHERS = 500;

    List<Row> found() {
        return rows == null ? List.of() : rows;
    }

    long count() {
        return rowCount == null ? 0 : rowCount;
    }

    boolean isLowOnQuota() {
        return propertyQuota != null && propertyQuota.isLow();
    }

    List<String> columns() {
        List<Name> dimensions = dimensionHeaders == null ? List.of() : dimensionHeaders;
        List<Name> metrics = metricHeaders == null ? List.of() : metricHeaders;
        return java.util.stream.Stream.concat(dimensions.stream(), metrics.stream())
                .map(Name::name)
                .toList();
    }
}
