package dev.jangbu.sandbox.shop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All that will become of a line, in order of time; what it is now depends on when now is. */
public record Life(List<Step> steps) {
    public Life {
        steps = steps.stream().sorted(Comparator.comparing(Step::at)).toList();
    }

    /** The last step so far; the first one before that. */
    public Step at(Instant now) {
        return last(now, steps).orElse(steps.get(0));
    }

    public LineState stateAt(Instant now) {
        return at(now).state();
    }

    /** When it last entered the state, if it did. */
    public Optional<Instant> when(LineState state, Instant now) {
        return last(now, steps.stream().filter(step -> step.state() == state).toList())
                .map(Step::at);
    }

    /** The state before the last step; the first state where there was none. */
    public LineState before(Instant now) {
        List<Step> soFar =
                steps.stream().filter(step -> !step.at().isAfter(now)).toList();
        return soFar.size() < 2
                ? steps.get(0).state()
                : soFar.get(soFar.size() - 2).state();
    }

    /** The last change that SmartStore's feed tells of. */
    public Optional<Step> told(Instant now) {
        return last(
                now, steps.stream().filter(step -> step.state().event() != null).toList());
    }

    /** Here it takes another turn, and what was to come does not. */
    public Life turned(Step turn) {
        List<Step> turned = new ArrayList<>(
                steps.stream().filter(step -> !step.at().isAfter(turn.at())).toList());
        turned.add(turn);
        return new Life(turned);
    }

    private static Optional<Step> last(Instant now, List<Step> steps) {
        Step last = null;
        for (Step step : steps) {
            if (!step.at().isAfter(now)) {
                last = step;
            }
        }
        return Optional.ofNullable(last);
    }
}
