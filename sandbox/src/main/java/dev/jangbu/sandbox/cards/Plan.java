package dev.jangbu.sandbox.cards;

import dev.jangbu.sandbox.shop.Draw;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Which stores there are, what each takes on each day, and what is planted where; drawn day by day. */
final class Plan {
    private final Settings settings;
    private final List<Store> stores;
    private final Planting planting;
    private final int cards;
    private final double scale;
    private double carried;

    Plan(Settings settings) {
        this.settings = settings;
        this.stores = LongStream.rangeClosed(1, settings.stores())
                .mapToObj(id -> Store.of(settings.seed(), id, settings.days()))
                .toList();
        double natural = natural();
        double wanted = settings.sales() == 0 ? Math.rint(natural) : settings.sales();
        this.cards = (int) Math.min(Card.MOST, Math.max(500, wanted / 6));
        double first = wanted / natural;
        this.planting = new Planting(settings, stores, (store, day) -> first * expected(store, day));
        double honest = wanted - planting.extraRows();
        if (honest < 0) {
            throw new IllegalArgumentException("sales: " + settings.sales() + " (expected: at least "
                    + planting.extraRows() + ", which are planted)");
        }
        this.scale = honest / natural;
        this.carried = 0.5;
    }

    /** The rows of a day, in no order; days are asked for one after the other. */
    List<Sale> day(int day) {
        List<Sale> rows = new ArrayList<>();
        Map<Long, Planting.Incident> incidents = planting.atStores(day);
        for (Store store : stores) {
            StoreDay drawn = new StoreDay(settings, store, day, cards);
            List<Sale> honest = drawn.honest(count(store, day));
            Planting.Incident incident = incidents.get(store.id());
            rows.addAll(incident == null ? honest : drawn.with(honest, incident));
        }
        for (Planting.Incident burst : planting.bursts(day)) {
            rows.addAll(Bursts.of(settings, stores, burst, cards));
        }
        NearMissSales near = new NearMissSales(settings, stores, cards);
        for (Planting.Occasion occasion : planting.nearMisses(day)) {
            rows.addAll(near.of(occasion));
        }
        return rows;
    }

    /** Rounded so that the sum comes out. */
    private int count(Store store, int day) {
        carried += scale * expected(store, day);
        int count = (int) carried;
        carried -= count;
        return count;
    }

    private double natural() {
        double sum = 0;
        for (int day = 0; day < settings.days(); day++) {
            for (Store store : stores) {
                sum += expected(store, day);
            }
        }
        return sum;
    }

    private double expected(Store store, int day) {
        LocalDate date = settings.date(day);
        if (!store.isOpen(day, date)) {
            return 0;
        }
        Draw draw = Draw.of(settings.seed(), "noise", store.id(), date);
        return store.expected(date, Chance.logNormal(draw, 1, 0.12));
    }
}
