package dev.jangbu.kit.run;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Elapsed time as people read it: seconds with three decimals. */
public final class Seconds {
    private Seconds() {}

    /** @param startNanos an earlier {@link System#nanoTime()} */
    public static BigDecimal since(long startNanos) {
        return BigDecimal.valueOf(System.nanoTime() - startNanos, 9).setScale(3, RoundingMode.HALF_UP);
    }
}
