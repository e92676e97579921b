package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.cards.Planting.Occasion;
import dev.jangbu.sandbox.cards.Sale.Mark;
import dev.jangbu.sandbox.shop.Draw;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The honest rows of an occasion that comes near to a rule. */
final class NearMissSales {
    private static final double EIGHT = 8.0 * Times.MINUTE;

    private final Settings settings;
    private final List<Store> stores;
    private final int cards;

    NearMissSales(Settings settings, List<Store> stores, int cards) {
        this.settings = settings;
        this.stores = stores;
        this.cards = cards;
    }

    List<Sale> of(Occasion occasion) {
        Draw draw = Draw.of(settings.seed(), "near", occasion.kind(), occasion.number());
        return switch (occasion.kind()) {
            case TWO_STORES_ONCE -> atStores(occasion, 2, spread(draw, 2, EIGHT), draw);
            case THREE_STORES_SLOWER -> atStores(occasion, 3, slowly(draw), draw);
            case TWO_STORES_THRICE -> atStores(occasion, 2, spread(draw, 3, EIGHT), draw);
            case FAMILY_CARD ->
                atStores(occasion, occasion.rows(), spread(draw, occasion.rows(), 20.0 * Times.MINUTE), draw);
            case HOUR_BESIDE -> List.of(beside(occasion, draw));
            case LATE_EVENING -> late(occasion, draw);
        };
    }

    /** So many times after the first, in no order. */
    private static List<Long> spread(Draw draw, int count, double within) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add((long) (draw.unit() * within));
        }
        return times;
    }

    /** The last one always more than ten minutes after the first. */
    private static List<Long> slowly(Draw draw) {
        long second = draw.between(3 * Times.MINUTE, 8 * Times.MINUTE);
        return List.of(0L, second, draw.between(11 * Times.MINUTE, 14 * Times.MINUTE));
    }

    private List<Sale> atStores(Occasion occasion, int atMost, List<Long> after, Draw draw) {
        LocalDate date = settings.date(occasion.day());
        SaleMaker maker = new SaleMaker(settings, date);
        Card card = new Card(draw.below(cards));
        int hour = (int) draw.between(Bursts.FROM_HOUR, Bursts.TO_HOUR - 2L);
        long begin = maker.time(hour, draw);
        List<Store> open = Bursts.openOnes(stores, occasion.store(), occasion.day(), date, atMost);
        List<Sale> rows = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            Store store = open.get(i % open.size());
            rows.add(maker.sale(store, card, store.amount(hour, draw), begin + after.get(i), draw)
                    .marked(mark(occasion)));
        }
        return rows;
    }

    private Sale beside(Occasion occasion, Draw draw) {
        Store store = occasion.store();
        int hour = draw.chance(0.5) ? store.opens() - 1 : store.closes();
        return alone(occasion, hour, draw);
    }

    private List<Sale> late(Occasion occasion, Draw draw) {
        int longer = 1 + draw.weighted(50, 35, 15);
        List<Sale> rows = new ArrayList<>();
        for (int i = 0; i < occasion.rows(); i++) {
            rows.add(alone(occasion, occasion.store().closes() + draw.below(longer), draw));
        }
        return rows;
    }

    private Sale alone(Occasion occasion, int hour, Draw draw) {
        Store store = occasion.store();
        SaleMaker maker = new SaleMaker(settings, settings.date(occasion.day()));
        return maker.sale(store, new Card(draw.below(cards)), store.amount(hour, draw), maker.time(hour, draw), draw)
                .marked(mark(occasion));
    }

    private static Mark mark(Occasion occasion) {
        Store store = occasion.store();
        return Mark.nearMiss(
                occasion.kind().rule(),
                switch (occasion.kind()) {
                    case TWO_STORES_ONCE -> "two payments at two stores";
                    case THREE_STORES_SLOWER -> "three stores, more than ten minutes apart";
                    case TWO_STORES_THRICE -> "three payments at two stores";
                    case FAMILY_CARD -> "a family with one card";
                    case HOUR_BESIDE -> "in the hour beside " + store.opens() + " to " + store.closes() + " o'clock";
                    case LATE_EVENING -> "open later than " + store.closes() + " o'clock for once";
                });
    }
}
