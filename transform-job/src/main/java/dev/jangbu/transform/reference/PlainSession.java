package dev.jangbu.transform.reference;

import dev.jangbu.transform.check.DayRules;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.FunnelStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps of one session, walked in the order of (time, position). */
final class PlainSession {
    private static final Comparator<Step> BY_POSITION =
            Comparator.comparingInt(Step::part).thenComparingLong(Step::line);

    private final List<Step> steps = new ArrayList<>();
    private @Nullable Step failing;
    private @Nullable Failure failure;
    private boolean isJudged;

    /** One record of the session. */
    record Step(long time, int part, String file, long line, FunnelStep step) {}

    void add(Step step) {
        steps.add(step);
    }

    @Nullable
    Failure failure() {
        judge();
        return failure;
    }

    Failure requireFailure() {
        return Objects.requireNonNull(failure());
    }

    Step failingStep() {
        judge();
        return Objects.requireNonNull(failing);
    }

    /** Sorts failing sessions by where they went wrong. */
    Long failingPosition() {
        Step step = failingStep();
        return (long) step.part() << 44 | step.line();
    }

    /** A purchase without a cart weighs more than a cart unseen. */
    private void judge() {
        if (isJudged) {
            return;
        }
        isJudged = true;
        steps.sort(Comparator.comparingLong(Step::time).thenComparing(BY_POSITION));
        boolean seen = false;
        boolean inCart = false;
        for (Step step : steps) {
            if (step.step() == FunnelStep.BOUGHT && !inCart) {
                failing = step;
                failure = DayRules.BOUGHT_WITHOUT_CART;
                return;
            }
            if (step.step() == FunnelStep.IN_CART && !seen && failure == null) {
                failing = step;
                failure = DayRules.CART_UNSEEN;
            }
            seen |= step.step() == FunnelStep.SEEN;
            inCart |= step.step() == FunnelStep.IN_CART;
        }
    }
}
