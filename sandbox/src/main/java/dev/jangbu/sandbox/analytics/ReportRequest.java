package dev.jangbu.sandbox.analytics;

import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Json;
import dev.jangbu.sandbox.shop.Days;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What runReport was asked; what Google would refuse is refused, and so is what is not played here. */
record ReportRequest(
        LocalDate from,
        LocalDate to,
        List<Dimension> dimensions,
        List<Metric> metrics,
        List<Order> orders,
        int limit,
        int offset,
        boolean isKeepingEmptyRows,
        boolean isReturningQuota) {
    private static final int MOST_DIMENSIONS = 9;
    private static final int MOST_METRICS = 10;
    private static final int MOST_ROWS = 250_000;
    private static final Set<String> KNOWN = Set.of(
            "dateRanges",
            "dimensions",
            "metrics",
            "orderBys",
            "limit",
            "offset",
            "keepEmptyRows",
            "returnPropertyQuota",
            "currencyCode");

    /** Place of a dimension, or of a metric behind them. */
    record Order(int place, boolean isDescending) {}

    ReportRequest {
        dimensions = List.copyOf(dimensions);
        metrics = List.copyOf(metrics);
        orders = List.copyOf(orders);
    }

    static ReportRequest read(Call call) {
        JsonNode body = Json.read(
                call.body(), Problem.invalid("Invalid JSON payload received.").answer());
        for (String name : body.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw Problem.invalid(
                        "Invalid JSON payload received. Unknown name \"" + name + "\" (in this sandbox).");
            }
        }
        LocalDate today = Days.of(call.now());
        JsonNode ranges = body.path("dateRanges");
        if (ranges.size() != 1) {
            throw Problem.invalid("dateRanges: " + ranges.size() + " (in this sandbox: one)");
        }
        LocalDate from = day(ranges.get(0).path("startDate").asString(""), today);
        LocalDate to = day(ranges.get(0).path("endDate").asString(""), today);
        if (to.isBefore(from)) {
            throw Problem.invalid("The end date is before the start date.");
        }
        List<Dimension> dimensions = dimensions(body.path("dimensions"));
        List<Metric> metrics = metrics(body.path("metrics"));
        requireCompatible(dimensions, metrics);
        return new ReportRequest(
                from,
                to,
                dimensions,
                metrics,
                orders(body.path("orderBys"), dimensions, metrics),
                number(body, "limit", 10_000, 1, MOST_ROWS),
                number(body, "offset", 0, 0, Integer.MAX_VALUE),
                body.path("keepEmptyRows").asBoolean(false),
                body.path("returnPropertyQuota").asBoolean(false));
    }

    /** The same report as a whole. */
    ReportRequest withoutPage() {
        return new ReportRequest(from, to, dimensions, metrics, orders, MOST_ROWS, 0, isKeepingEmptyRows, false);
    }

    Scope scope() {
        return scope(dimensions, metrics);
    }

    int days() {
        return (int) Math.min(100_000, from.datesUntil(to.plusDays(1)).count());
    }

    private static Scope scope(List<Dimension> dimensions, List<Metric> metrics) {
        boolean isOfItems = dimensions.stream().anyMatch(one -> one.scope() == Scope.ITEM)
                || metrics.stream().anyMatch(one -> one.scope() == Scope.ITEM);
        boolean isOfTransactions = dimensions.contains(Dimension.TRANSACTION);
        return isOfItems ? Scope.ITEM : isOfTransactions ? Scope.TRANSACTION : Scope.SESSION;
    }

    private static void requireCompatible(List<Dimension> dimensions, List<Metric> metrics) {
        Scope scope = scope(dimensions, metrics);
        for (Dimension dimension : dimensions) {
            boolean isOfSession = dimension.scope() == Scope.SESSION && scope == Scope.ITEM;
            boolean isOfTransaction = dimension.scope() == Scope.TRANSACTION && scope == Scope.ITEM;
            if (isOfSession || isOfTransaction) {
                throw incompatible(dimension.apiName());
            }
        }
        for (Metric metric : metrics) {
            boolean isOfItems = scope == Scope.ITEM && metric.scope() != Scope.ITEM;
            boolean isOfSession = scope == Scope.TRANSACTION && metric.scope() == Scope.SESSION;
            if (isOfItems || isOfSession) {
                throw incompatible(metric.apiName());
            }
        }
    }

    private static RuntimeException incompatible(String name) {
        return Problem.invalid("Please remove " + name + " to make the request compatible. The request's dimensions &"
                + " metrics are incompatible.");
    }

    private static List<Dimension> dimensions(JsonNode list) {
        if (list.size() > MOST_DIMENSIONS) {
            throw Problem.invalid("Requests are limited to " + MOST_DIMENSIONS + " dimensions within a request.");
        }
        List<Dimension> dimensions = new ArrayList<>();
        for (JsonNode one : list) {
            String name = one.path("name").asString("");
            dimensions.add(Dimension.find(name)
                    .orElseThrow(() -> Problem.invalid("Field " + name + " is not a valid dimension.")));
        }
        return dimensions;
    }

    private static List<Metric> metrics(JsonNode list) {
        if (list.size() > MOST_METRICS) {
            throw Problem.invalid("Requests are limited to " + MOST_METRICS + " metrics within a request.");
        }
        List<Metric> metrics = new ArrayList<>();
        for (JsonNode one : list) {
            String name = one.path("name").asString("");
            metrics.add(
                    Metric.find(name).orElseThrow(() -> Problem.invalid("Field " + name + " is not a valid metric.")));
        }
        if (metrics.isEmpty()) {
            throw Problem.invalid("A metric is required.");
        }
        return metrics;
    }

    private static List<Order> orders(JsonNode list, List<Dimension> dimensions, List<Metric> metrics) {
        List<Order> orders = new ArrayList<>();
        for (JsonNode one : list) {
            String dimension = one.path("dimension").path("dimensionName").asString("");
            String metric = one.path("metric").path("metricName").asString("");
            int place = dimension.isEmpty()
                    ? place(metrics.stream().map(Metric::apiName).toList(), metric) + dimensions.size()
                    : place(dimensions.stream().map(Dimension::apiName).toList(), dimension);
            orders.add(new Order(place, one.path("desc").asBoolean(false)));
        }
        return orders;
    }

    private static int place(List<String> names, String name) {
        int place = names.indexOf(name);
        if (place < 0) {
            throw Problem.invalid("OrderBy " + name + " is not in the request.");
        }
        return place;
    }

    /** 64-bit numbers come as text, or as numbers. */
    private static int number(JsonNode body, String name, int otherwise, int least, int most) {
        JsonNode value = body.get(name);
        if (value == null) {
            return otherwise;
        }
        String text = value.asString("");
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw Problem.invalid(name + ": " + text + " (expected: " + least + ".." + most + ")");
        }
        return Integer.parseInt(text);
    }

    private static LocalDate day(String text, LocalDate today) {
        if (text.equals("today") || text.equals("yesterday")) {
            return text.equals("today") ? today : today.minusDays(1);
        }
        if (text.matches("\\d{1,4}daysAgo")) {
            return today.minusDays(Long.parseLong(text.replace("daysAgo", "")));
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException broken) {
            throw Problem.invalid("Invalid date: " + text);
        }
    }
}
