package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.cards.Sale.Mark;
import dev.jangbu.sandbox.shop.Draw;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The payments of a store on a day. */
final class StoreDay {
    private static final double TAKEN_BACK = 0.45;
    private static final int AWAY_FROM_HOURS = 2;

    private final Settings settings;
    private final Store store;
    private final int day;
    private final LocalDate date;
    private final int cards;
    private final SaleMaker maker;

    StoreDay(Settings settings, Store store, int day, int cards) {
        this.settings = settings;
        this.store = store;
        this.day = day;
        this.date = settings.date(day);
        this.cards = cards;
        this.maker = new SaleMaker(settings, date);
    }

    List<Sale> honest(int count) {
        Draw draw = Draw.of(settings.seed(), "sales", store.id(), date);
        List<Sale> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int hour = store.hour(draw);
            Sale sale = maker.sale(store, card(draw), store.amount(hour, draw), maker.time(hour, draw), draw);
            rows.add(draw.chance(store.canceledShare()) ? maker.canceled(sale, draw) : sale);
        }
        return rows;
    }

    /** The same with what is planted. */
    List<Sale> with(List<Sale> honest, Planting.Incident incident) {
        Draw draw = Draw.of(settings.seed(), "incident", incident.rule(), incident.number());
        List<Sale> rows = new ArrayList<>(honest);
        switch (incident.rule()) {
            case OVER_TWICE_WEEK -> rows.add(tooMuch(draw));
            case SAME_CARD_SAME_AMOUNT -> rows.addAll(again(incident.rows(), draw));
            case STORE_HOUR_OUTLIER -> rows.add(eveningAtNoon(draw));
            case OUTSIDE_HOURS -> rows.add(atNight(draw));
            case CANCELLATION_SHARE -> rows.replaceAll(sale -> takenBack(sale, draw));
            case CARD_BURST -> throw new IllegalArgumentException("a burst is of many stores");
        }
        return rows;
    }

    private Sale tooMuch(Draw draw) {
        double times = 3 + 5 * draw.unit();
        return planted(store.hour(draw), times * store.mean(), Rule.OVER_TWICE_WEEK, "times its mean", times, draw);
    }

    private Sale eveningAtNoon(Draw draw) {
        double times = 2.9 + 0.7 * draw.unit();
        int hour = (int) draw.between(Math.max(store.opens(), 11), 14);
        return planted(hour, times * store.median(hour), Rule.STORE_HOUR_OUTLIER, "times that hour's", times, draw);
    }

    private Sale planted(int hour, double amount, Rule rule, String note, double times, Draw draw) {
        Mark mark = Mark.planted(rule, Math.round(times * 10) / 10.0 + " " + note);
        return maker.sale(store, card(draw), store.rounded(amount), maker.time(hour, draw), draw)
                .marked(mark);
    }

    private List<Sale> again(int count, Draw draw) {
        Card card = card(draw);
        int hour = (int) draw.between(store.opens(), Math.max(store.opens(), store.closes() - 3L));
        long amount = store.amount(hour, draw);
        long time = maker.time(hour, draw);
        List<Sale> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Sale sale = maker.sale(store, card, amount, time, draw);
            boolean isIt = i > 2;
            rows.add(isIt ? sale.marked(Mark.planted(Rule.SAME_CARD_SAME_AMOUNT, "time " + i + " in a row")) : sale);
            time += draw.between(40 * Times.SECOND, 25 * Times.MINUTE);
        }
        return rows;
    }

    private Sale atNight(Draw draw) {
        int first = store.closes() % 24 + AWAY_FROM_HOURS;
        int hour = (int) draw.between(first, Math.max(first, firstAfter(first) - AWAY_FROM_HOURS - 1L));
        long time = maker.time(hour % 24, draw);
        Mark mark =
                Mark.planted(Rule.OUTSIDE_HOURS, "open from " + store.opens() + " to " + store.closes() + " o'clock");
        return maker.sale(store, card(draw), store.amount(12, draw), time, draw).marked(mark);
    }

    /** The hour of the next opening, past midnight where it closes before. */
    private int firstAfter(int hour) {
        return hour >= store.opens() ? store.opens() + 24 : store.opens();
    }

    /** All that are taken back that day belong to it, also those that would have been anyway. */
    private Sale takenBack(Sale sale, Draw draw) {
        boolean isTakenBack = draw.chance(TAKEN_BACK);
        if (!sale.isCanceled() && !isTakenBack) {
            return sale;
        }
        Mark mark = Mark.planted(Rule.CANCELLATION_SHARE, "nearly half of the day is taken back");
        return sale.isCanceled()
                ? sale.marked(mark)
                : maker.canceled(sale, draw).marked(mark);
    }

    private Card card(Draw draw) {
        if (draw.chance(store.regularShare())) {
            int regulars = Math.max(10, (int) (store.perDay() * 4));
            long name = Draw.of(settings.seed(), "regular", store.id(), draw.popular(regulars))
                    .next();
            return new Card((int) Math.floorMod(name, (long) cards));
        }
        return new Card(draw.below(cards));
    }

    @Override
    public String toString() {
        return "StoreDay[" + store.id() + ", " + day + "]";
    }
}
