package dev.jangbu.benchmark;

import org.jspecify.annotations.Nullable;

/**
 * One line of the table: a step of ours beside its yardstick.
 *
 * @param yardstick null where a goal stands alone
 * @param goal what was wanted, in words
 * @param isReached whether ours is within the goal
 */
record Comparison(String step, Measured ours, @Nullable Measured yardstick, String goal, boolean isReached) {
    static Comparison ratio(String step, Measured ours, Measured yardstick, double most) {
        return new Comparison(
                step, ours, yardstick, "≤ %.1f ×".formatted(most), ours.median() <= most * yardstick.median());
    }

    static Comparison plus(String step, Measured ours, Measured yardstick, double seconds) {
        return new Comparison(
                step, ours, yardstick, "≤ + %.0f s".formatted(seconds), ours.median() <= yardstick.median() + seconds);
    }

    static Comparison atMost(String step, Measured ours, double seconds) {
        return new Comparison(step, ours, null, "≤ %.0f s".formatted(seconds), ours.median() <= seconds);
    }

    static String header() {
        return "| step | ours, s: median (least–most) | yardstick, s | ratio | goal | reached | peak MB |\n"
                + "| --- | --- | --- | --- | --- | --- | --- |";
    }

    String row() {
        String other = yardstick == null ? "" : yardstick.text();
        String ratio = yardstick == null ? "" : "%.2f".formatted(ours.median() / yardstick.median());
        String peak = ours.peakMegabytes() == 0 ? "" : String.valueOf(ours.peakMegabytes());
        return "| " + String.join(" | ", step, ours.text(), other, ratio, goal, isReached ? "yes" : "no", peak) + " |";
    }
}
