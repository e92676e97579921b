package dev.jangbu.mart.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale with round ticks, at most five of them.
 *
 * @param ticks ascending, at least two; the first is the scale's bottom, the last its top
 */
public record Axis(List<Double> ticks) {
    private static final int MOST_STEPS = 4;
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    /** Room above a lowest rate, so that its mark does not lie on the edge. */
    private static final double ROOM = 1.08;

    /** The narrowest scale of rates: one percent. */
    private static final double NARROWEST = 0.01;

    public Axis {
        ticks = List.copyOf(ticks);
    }

    /** From 0 to a round number at or above the highest value. */
    public static Axis fromZero(double highest) {
        double step = step(Math.max(highest, MOST_STEPS));
        return new Axis(ticks(0, step, (int) Math.max(1, Math.ceil(highest / step))));
    }

    /** Shares, from a round one at or below the lowest value up to 1. */
    public static Axis upToOne(double lowest) {
        double span = Math.min(1, Math.max(1 - lowest, NARROWEST) * ROOM);
        double step = step(span);
        int steps = (int) Math.ceil(span / step - 1e-9);
        return new Axis(ticks(Math.max(0, 1 - steps * step), step, steps));
    }

    public double bottom() {
        return ticks.get(0);
    }

    /** Where a value lies: 0 at the bottom, 1 at the top. */
    public double position(double value) {
        double top = ticks.get(ticks.size() - 1);
        return (value - bottom()) / (top - bottom());
    }

    private static double step(double span) {
        double rough = span / MOST_STEPS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double round : ROUND) {
            if (round * power >= rough * (1 - 1e-9)) {
                return round * power;
            }
        }
        return ROUND[ROUND.length - 1] * power;
    }

    private static List<Double> ticks(double bottom, double step, int steps) {
        List<Double> ticks = new ArrayList<>();
        for (int index = 0; index <= steps; index++) {
            ticks.add(bottom + index * step);
        }
        return ticks;
    }
}
