package dev.jangbu.benchmark;

import java.util.List;

/**
 * What repeated runs of one thing took.
 *
 * @param seconds wall time of each run
 * @param peakMegabytes the largest resident set of any run; 0 where it was not watched
 */
record Measured(List<Double> seconds, long peakMegabytes) {
    Measured {
        seconds = List.copyOf(seconds);
    }

    double median() {
        List<Double> sorted = seconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** {@code 1.83 (1.79–1.95)}: median, least and most. */
    String text() {
        double least = seconds.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = seconds.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return "%.2f (%.2f–%.2f)".formatted(median(), least, most);
    }
}
