package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.cards.Sale.Mark;
import dev.jangbu.sandbox.shop.Draw;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A card that is at many stores at once, in the afternoon, when they are open. */
final class Bursts {
    static final int FROM_HOUR = 13;
    static final int TO_HOUR = 17;

    private static final long WITHIN = 8 * Times.MINUTE;

    private Bursts() {}

    /** The rows of one: at the incident's store, and at the next ones that are open. */
    static List<Sale> of(Settings settings, List<Store> stores, Planting.Incident incident, int cards) {
        Draw draw = Draw.of(settings.seed(), "burst", incident.number());
        LocalDate date = settings.date(incident.day());
        SaleMaker maker = new SaleMaker(settings, date);
        Card card = new Card(draw.below(cards));
        int hour = (int) draw.between(FROM_HOUR, TO_HOUR - 2L);
        long begin = maker.time(hour, draw);
        List<Store> open = openOnes(stores, incident.store(), incident.day(), date, incident.rows());
        List<Sale> rows = new ArrayList<>();
        for (int i = 0; i < incident.rows(); i++) {
            Store store = open.get(i % open.size());
            long time = begin + WITHIN * i / incident.rows() + draw.between(0, 20 * Times.SECOND);
            Mark mark = Mark.planted(Rule.CARD_BURST, "number " + (i + 1) + " of " + incident.rows());
            rows.add(maker.sale(store, card, store.amount(hour, draw), time, draw)
                    .marked(mark));
        }
        return rows;
    }

    /** The store itself and the next ones that are open that afternoon, so many of them. */
    static List<Store> openOnes(List<Store> stores, Store first, int day, LocalDate date, int most) {
        int own = stores.indexOf(first);
        List<Store> open = new ArrayList<>();
        for (int i = 0; i < stores.size() && open.size() < most; i++) {
            Store store = stores.get((own + i) % stores.size());
            if (store.isOpen(day, date) && store.opens() <= FROM_HOUR && store.closes() >= TO_HOUR) {
                open.add(store);
            }
        }
        return open;
    }
}
