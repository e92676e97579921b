package dev.jangbu.extract.simulator;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws an index with the chance its weight gives it. */
final class Weights {
    private final int[] upTo;

    private Weights(int[] upTo) {
        this.upTo = upTo;
    }

    static Weights of(int... weights) {
        int[] upTo = weights.clone();
        Arrays.parallelPrefix(upTo, Integer::sum);
        return new Weights(upTo);
    }

    int draw(SplittableRandom random) {
        int drawn = random.nextInt(upTo[upTo.length - 1]);
        int index = 0;
        while (drawn >= upTo[index]) {
            index++;
        }
        return index;
    }
}
