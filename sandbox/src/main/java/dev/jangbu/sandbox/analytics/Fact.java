package dev.jangbu.sandbox.analytics;

import java.util.EnumMap;
import java.util.Map;

/** Something that happened, by its dimensions, with its counts; what it has none of counts as nothing. */
record Fact(Map<Dimension, String> dimensions, Map<Metric, Long> metrics) {
    static Fact of(Dimension dimension, String value) {
        Map<Dimension, String> dimensions = new EnumMap<>(Dimension.class);
        dimensions.put(dimension, value);
        return new Fact(dimensions, new EnumMap<>(Metric.class));
    }

    Fact with(Dimension dimension, String value) {
        dimensions.put(dimension, value);
        return this;
    }

    Fact with(Metric metric, long count) {
        metrics.put(metric, count);
        return this;
    }

    String get(Dimension dimension) {
        return dimensions.getOrDefault(dimension, "(not set)");
    }

    long get(Metric metric) {
        return metrics.getOrDefault(metric, 0L);
    }
}
