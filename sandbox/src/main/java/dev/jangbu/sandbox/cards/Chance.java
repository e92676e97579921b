package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.shop.Draw;

/** Draws of other shapes, equal on any machine. */
final class Chance {
    private Chance() {}

    /** Mean 0, standard deviation 1. */
    static double normal(Draw draw) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - draw.unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * draw.unit());
    }

    static double logNormal(Draw draw, double median, double spread) {
        return median * StrictMath.exp(spread * normal(draw));
    }
}
