package dev.jangbu.sandbox.shop;

import dev.jangbu.sandbox.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws what becomes of an order's lines. Three in a hundred orders are never paid, nine are cancelled, five lines in a
 * hundred come back, two are exchanged. Sellers confirm in the morning and send on the hour, many at once.
 */
final class LifePlan {
    /** No life lasts longer. */
    static final Duration LONGEST = Duration.ofDays(40);

    private final Instant orderedAt;
    private final boolean isPaid;
    private final Instant paidAt;
    private final Instant placedAt;
    private final Instant shippedAt;
    private final boolean isCancelled;

    private LifePlan(Instant orderedAt, Draw draw) {
        this.orderedAt = orderedAt;
        isPaid = !draw.chance(0.03);
        paidAt = orderedAt.plus(
                draw.chance(0.2)
                        ? Duration.ofMinutes(draw.between(60, 2_400))
                        : Duration.ofMillis(draw.between(10_000, 90_000)));
        placedAt = morningAfter(paidAt, draw);
        shippedAt = hourAfter(placedAt, draw);
        isCancelled = draw.chance(0.09);
    }

    static LifePlan of(Instant orderedAt, Draw draw) {
        return new LifePlan(orderedAt, draw);
    }

    /** Lines of an order share its payment and its cancellation; the rest is theirs. */
    Life line(Draw draw) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(orderedAt, LineState.ORDERED));
        if (!isPaid) {
            steps.add(new Step(orderedAt.plus(Duration.ofDays(3)), LineState.LAPSED));
            return new Life(steps);
        }
        steps.add(new Step(paidAt, LineState.PAID));
        if (isCancelled && isCancelled(steps, draw)) {
            return new Life(steps);
        }
        send(steps, draw);
        return new Life(steps);
    }

    /** Paid, and then in a state that is on no list. */
    Life unheardOf() {
        return new Life(List.of(
                new Step(orderedAt, LineState.ORDERED),
                new Step(orderedAt.plusSeconds(30), LineState.PAID),
                new Step(orderedAt.plus(Duration.ofHours(6)), LineState.UNKNOWN)));
    }

    /** When a part of a line is cancelled while the rest is sent. */
    Instant partDoneAt() {
        return placedAt.plus(Duration.ofMinutes(40));
    }

    /** One cancellation in ten is refused: the goods are packed. */
    private boolean isCancelled(List<Step> steps, Draw draw) {
        if (draw.chance(0.1)) {
            steps.add(new Step(placedAt, LineState.PREPARING));
            steps.add(new Step(placedAt.plus(Duration.ofMinutes(20)), LineState.CANCEL_REQUESTED));
            steps.add(new Step(placedAt.plus(Duration.ofMinutes(50)), LineState.CANCEL_REJECTED));
            return false;
        }
        long open = Duration.between(paidAt, shippedAt).toMinutes();
        Instant requested = paidAt.plus(Duration.ofMinutes(draw.between(1, Math.max(2, open - 5))));
        if (requested.isAfter(placedAt)) {
            steps.add(new Step(placedAt, LineState.PREPARING));
        }
        steps.add(new Step(requested, LineState.CANCEL_REQUESTED));
        steps.add(new Step(requested.plus(Duration.ofMinutes(draw.between(30, 1_440))), LineState.CANCELED));
        return true;
    }

    private void send(List<Step> steps, Draw draw) {
        if (steps.stream().noneMatch(step -> step.state() == LineState.PREPARING)) {
            steps.add(new Step(placedAt, LineState.PREPARING));
        }
        steps.add(new Step(shippedAt, LineState.SHIPPING));
        Instant delivered = shippedAt.plus(Duration.ofMinutes(draw.between(1_200, 3_600)));
        steps.add(new Step(delivered, LineState.DELIVERED));
        double claim = draw.unit();
        if (claim < 0.05) {
            bringBack(steps, delivered, draw);
        } else if (claim < 0.07) {
            exchange(steps, delivered, draw);
        } else {
            Duration trial = Duration.ofMinutes(draw.between(2_880, 11_520));
            steps.add(new Step(delivered.plus(trial), LineState.CONFIRMED));
        }
    }

    private static void bringBack(List<Step> steps, Instant delivered, Draw draw) {
        Instant requested = after(delivered, draw, 1, 120);
        Instant collected = after(requested, draw, 24, 72);
        steps.add(new Step(requested, LineState.RETURN_REQUESTED));
        steps.add(new Step(collected, LineState.RETURN_COLLECTED));
        steps.add(new Step(after(collected, draw, 12, 48), LineState.RETURNED));
    }

    private static void exchange(List<Step> steps, Instant delivered, Draw draw) {
        Instant requested = after(delivered, draw, 1, 120);
        Instant collected = after(requested, draw, 24, 72);
        Instant sent = after(collected, draw, 12, 48);
        steps.add(new Step(requested, LineState.EXCHANGE_REQUESTED));
        steps.add(new Step(collected, LineState.EXCHANGE_COLLECTED));
        steps.add(new Step(sent, LineState.EXCHANGE_SENT));
        steps.add(new Step(after(sent, draw, 20, 60), LineState.EXCHANGED));
    }

    private static Instant after(Instant instant, Draw draw, int leastHours, int mostHours) {
        return instant.plus(Duration.ofMinutes(draw.between(leastHours * 60L, mostHours * 60L)));
    }

    /** The next 09:00 to 10:59. */
    private static Instant morningAfter(Instant instant, Draw draw) {
        LocalDate day = Days.of(instant);
        Instant morning = Days.at(day, LocalTime.of(9, 0)).plus(Duration.ofMinutes(draw.between(0, 119)));
        return morning.isAfter(instant) ? morning : morning.plus(Duration.ofDays(1));
    }

    /** A full hour between 13:00 and 17:00 of that day or, for one in four, of the next. */
    private static Instant hourAfter(Instant morning, Draw draw) {
        LocalDate day = morning.atZone(VirtualClock.SEOUL).toLocalDate().plusDays(draw.chance(0.25) ? 1 : 0);
        return Days.at(day, LocalTime.of((int) draw.between(13, 17), 0));
    }
}
