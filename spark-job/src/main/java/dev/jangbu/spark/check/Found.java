package dev.jangbu.spark.check;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.DayRules;
import dev.jangbu.transform.check.Failure;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a line beside the others of its day.
 *
 * @param isRepeated its event id was there before
 * @param firstPlatform of its session, where it is not its own
 * @param funnel what is wrong with its session's order
 * @param isWhereSessionFails whether it went wrong at this line
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Found(boolean isRepeated, byte @Nullable [] firstPlatform, Funnel funnel, boolean isWhereSessionFails)
        implements Serializable {
    static final Found NOTHING = new Found(false, null, Funnel.IN_ORDER, false);
    static final Found REPEATED = new Found(true, null, Funnel.IN_ORDER, false);

    /** The order of a session's steps; the names are in {@link DayComparison}'s queries. */
    enum Funnel {
        IN_ORDER,
        BOUGHT_WITHOUT_CART,
        CART_UNSEEN;

        @Nullable
        Failure failure() {
            return switch (this) {
                case IN_ORDER -> null;
                case BOUGHT_WITHOUT_CART -> DayRules.BOUGHT_WITHOUT_CART;
                case CART_UNSEEN -> DayRules.CART_UNSEEN;
            };
        }
    }

    /** Of one line, by its id and by its session. */
    Found and(Found other) {
        return new Found(
                isRepeated || other.isRepeated,
                firstPlatform == null ? other.firstPlatform : firstPlatform,
                funnel == Funnel.IN_ORDER ? other.funnel : funnel,
                isWhereSessionFails || other.isWhereSessionFails);
    }

    /** Null where the line's platform is its session's first. */
    @Nullable
    Failure otherPlatform(CheckedLine line) {
        return firstPlatform == null || line.platform() == null
                ? null
                : DayRules.otherPlatform(line.platform(), new String(firstPlatform, StandardCharsets.UTF_16BE));
    }
}
