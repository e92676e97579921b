package dev.jangbu.sandbox.shop;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws a day's orders on a channel. */
final class DayPlan {
    /** How many orders come in each hour in Seoul, of a thousand. */
    private static final int[] HOURS = {
        40, 22, 12, 7, 5, 6, 12, 25, 38, 48, 56, 60, 58, 52, 50, 50, 48, 46, 46, 54, 66, 76, 72, 51
    };

    private final ShopSettings settings;
    private final OrderPlan orders;

    DayPlan(ShopSettings settings, OrderPlan orders) {
        this.settings = settings;
        this.orders = orders;
    }

    /**
     * In order of time.
     *
     * @param imported what comes from another market, counted in
     */
    List<Order> of(Channel channel, LocalDate day, List<Order> imported) {
        Draw draw = settings.draw("day", channel, day);
        int count = count(channel, day, imported.size(), draw);
        List<OrderPlan.Sketch> sketches = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            boolean isEdgeDay = hasEdges(day);
            Edge edge = isEdgeDay && place < Edge.PLANTED.size() ? Edge.PLANTED.get(place) : Edge.NONE;
            sketches.add(
                    OrderPlan.Sketch.drawn(time(day, edge, draw), edge, settings.draw("order", channel, day, place)));
        }
        imported.forEach(order -> sketches.add(OrderPlan.Sketch.imported(order)));
        sketches.sort(Comparator.comparing(OrderPlan.Sketch::orderedAt));
        return orders.drawn(channel, day, sketches);
    }

    private int count(Channel channel, LocalDate day, int imported, Draw draw) {
        if (settings.scenario() == Scenario.PAGING && day.getDayOfMonth() <= 2) {
            return 999 + day.getDayOfMonth() - imported;
        }
        double factor = isWeekend(day) ? 1.25 : 0.9;
        int count = draw.poisson(settings.ordersPerDay() * factor * share(channel));
        return hasEdges(day) ? Math.max(count, Edge.PLANTED.size()) : count;
    }

    private boolean hasEdges(LocalDate day) {
        return settings.scenario() != Scenario.QUIET && settings.ordersPerDay() > 0 && day.getDayOfMonth() == 1;
    }

    private static double share(Channel channel) {
        return switch (channel) {
            case CAFE24 -> 1.3;
            case NAVER -> 1.0;
            case ABLY -> 0.7;
            case GA4 -> 0.0;
        };
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static Instant time(LocalDate day, Edge edge, Draw draw) {
        long millis = draw.weighted(HOURS) * 3_600_000L + draw.below(3_600_000);
        return switch (edge) {
            case MIDNIGHT -> Days.start(day);
            case LAST_MILLISECOND -> Days.start(day.plusDays(1)).minusMillis(1);
            case NONE, ZERO_WON, HUNDRED_LINES, UNKNOWN_STATUS, HARD_NAME, PRICE_AS_NUMBER ->
                Days.start(day).plusMillis(millis);
        };
    }
}
