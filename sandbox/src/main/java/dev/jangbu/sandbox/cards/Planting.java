package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.shop.Draw;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/**
 * What is planted where: as many incidents of each rule as are asked for, and as many near-misses of the rules that have any;
 * no two at the same store and day.
 */
final class Planting {
    private static final int TRIES = 20_000;
    private static final int WEEK = 7;
    private static final int BUSY = 12;

    /**
     * Something that is not as usual.
     *
     * @param rows that come in addition
     */
    record Incident(Rule rule, Store store, int day, int number, int rows) {}

    /**
     * Something honest that comes near to a rule.
     *
     * @param rows that come in addition
     */
    record Occasion(NearMiss kind, Store store, int day, int number, int rows) {}

    /** A store and one of its days. */
    private record Place(Store store, int day) {}

    private final Settings settings;
    private final List<Store> stores;
    private final ToDoubleBiFunction<Store, Integer> expected;
    private final List<Incident> incidents = new ArrayList<>();
    private final List<Occasion> occasions = new ArrayList<>();
    private final Set<List<Long>> taken = new HashSet<>();

    Planting(Settings settings, List<Store> stores, ToDoubleBiFunction<Store, Integer> expected) {
        this.settings = settings;
        this.stores = stores;
        this.expected = expected;
        for (Rule rule : Rule.values()) {
            for (int number = 0; number < settings.plant(); number++) {
                incidents.add(drawn(rule, number));
            }
        }
        for (Rule rule : Rule.values()) {
            List<NearMiss> kinds = NearMiss.of(rule);
            for (int number = 0; number < settings.plant() && !kinds.isEmpty(); number++) {
                occasions.add(drawn(kinds.get(number % kinds.size()), number));
            }
        }
    }

    int extraRows() {
        return incidents.stream().mapToInt(Incident::rows).sum()
                + occasions.stream().mapToInt(Occasion::rows).sum();
    }

    /** By the store's id. */
    Map<Long, Incident> atStores(int day) {
        return incidents.stream()
                .filter(incident -> incident.day() == day && incident.rule() != Rule.CARD_BURST)
                .collect(Collectors.toMap(incident -> incident.store().id(), incident -> incident));
    }

    List<Incident> bursts(int day) {
        return incidents.stream()
                .filter(incident -> incident.day() == day && incident.rule() == Rule.CARD_BURST)
                .toList();
    }

    List<Occasion> nearMisses(int day) {
        return occasions.stream().filter(occasion -> occasion.day() == day).toList();
    }

    private Incident drawn(Rule rule, int number) {
        Draw draw = Draw.of(settings.seed(), "plant", rule, number);
        Place place = place(draw, rule, settings.days() - 1, rule.label() + " " + (number + 1));
        return new Incident(rule, place.store(), place.day(), number, rows(rule, draw));
    }

    /** Not on the last day: the table ends before its night is over. */
    private Occasion drawn(NearMiss kind, int number) {
        Draw draw = Draw.of(settings.seed(), "near place", kind, number);
        Place place = place(
                draw,
                kind.rule(),
                settings.days() - 2,
                "near-miss of " + kind.rule().label() + " " + (number + 1));
        return new Occasion(kind, place.store(), place.day(), number, kind.rows(draw));
    }

    private Place place(Draw draw, Rule rule, int lastDay, String what) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Store store = draw.of(stores);
            int day = (int) draw.between(firstDay(rule), lastDay);
            if (fits(rule, store, day) && taken.add(List.of(store.id(), (long) day))) {
                return new Place(store, day);
            }
        }
        throw new IllegalArgumentException("plant: " + settings.plant()
                + " (expected: fewer, or more stores, days or sales; no place for " + what + ")");
    }

    /** Where a custom is broken, there was one before: a week, or half of the time. */
    private int firstDay(Rule rule) {
        return switch (rule) {
            case OVER_TWICE_WEEK, SAME_CARD_SAME_AMOUNT, CARD_BURST -> WEEK;
            case STORE_HOUR_OUTLIER, CANCELLATION_SHARE, OUTSIDE_HOURS -> Math.max(WEEK, settings.days() / 2);
        };
    }

    private boolean fits(Rule rule, Store store, int day) {
        LocalDate date = settings.date(day);
        if (!store.isOpen(day, date) || day - store.firstDay() < WEEK) {
            return false;
        }
        return switch (rule) {
            case OVER_TWICE_WEEK, SAME_CARD_SAME_AMOUNT -> true;
            case STORE_HOUR_OUTLIER -> store.hasDearEvenings();
            case CARD_BURST -> store.opens() <= Bursts.FROM_HOUR && store.closes() >= Bursts.TO_HOUR;
            case CANCELLATION_SHARE -> expected.applyAsDouble(store, day) >= BUSY;
            case OUTSIDE_HOURS -> store.hasHours();
        };
    }

    private static int rows(Rule rule, Draw draw) {
        return switch (rule) {
            case OVER_TWICE_WEEK, STORE_HOUR_OUTLIER, OUTSIDE_HOURS -> 1;
            case SAME_CARD_SAME_AMOUNT -> (int) draw.between(3, 5);
            case CARD_BURST -> (int) draw.between(4, 7);
            case CANCELLATION_SHARE -> 0;
        };
    }
}
