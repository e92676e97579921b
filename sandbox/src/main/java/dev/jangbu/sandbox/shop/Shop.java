package dev.jangbu.sandbox.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A shop on every channel. What it was is drawn from its settings; what was done to it by hand since, at most
 * {@value #HAND_LIMIT} changes, is kept beside. Thread-safe.
 */
public final class Shop {
    /** How long after an order something can still become of it by itself. */
    public static final Duration LONGEST_LIFE = LifePlan.LONGEST;

    static final int HAND_LIMIT = 10_000;

    private record Place(Channel channel, LocalDate day) {}

    private final ShopSettings settings;
    private final Catalogue catalogue;
    private final DayPlan days;
    private final OrderPlan orders;
    private final DayCache cache;
    private final Map<Place, Map<String, Life>> turned = new HashMap<>();
    private final Map<Place, List<Order>> added = new HashMap<>();
    private int byHand;

    public Shop(ShopSettings settings, DayCache cache) {
        this.settings = settings;
        this.cache = cache;
        catalogue = new Catalogue(settings);
        orders = new OrderPlan(settings, catalogue);
        days = new DayPlan(settings, orders);
    }

    public ShopSettings settings() {
        return settings;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /** Orders made on the day until now, in order of time. */
    public List<Order> on(Channel channel, LocalDate day, Instant now) {
        return all(channel, day).stream()
                .filter(order -> !order.orderedAt().isAfter(now))
                .toList();
    }

    /** Both days included; in order of time. */
    public Stream<Order> between(Channel channel, LocalDate from, LocalDate to, Instant now) {
        LocalDate first = from.isBefore(Days.OPENING) ? Days.OPENING : from;
        LocalDate today = Days.of(now);
        LocalDate last = to.isAfter(today) ? today : to;
        if (first.isAfter(last)) {
            return Stream.empty();
        }
        return first.datesUntil(last.plusDays(1)).flatMap(day -> on(channel, day, now).stream());
    }

    /** Orders to which something may have happened in that time. */
    public Stream<Order> alive(Channel channel, Instant from, Instant to, Instant now) {
        LocalDate first = Days.of(from.minus(LONGEST_LIFE));
        Stream<Order> recent = between(channel, first, Days.of(to), now);
        return Stream.concat(turnedBefore(channel, first, now), recent);
    }

    public Optional<Order> order(Channel channel, String id, Instant now) {
        return Ids.day(id).stream()
                .flatMap(day -> on(channel, day, now).stream())
                .filter(order -> order.id().equals(id))
                .findFirst();
    }

    /** All orders of the day that the line's id begins with. */
    public List<Order> ofLinesDay(Channel channel, String lineId, Instant now) {
        return Ids.day(lineId).map(day -> on(channel, day, now)).orElse(List.of());
    }

    /** The order of a line. */
    public Optional<Order> orderOfLine(Channel channel, String lineId, Instant now) {
        return Ids.day(lineId).stream()
                .flatMap(day -> on(channel, day, now).stream())
                .filter(order ->
                        order.lines().stream().anyMatch(line -> line.id().equals(lineId)))
                .findFirst();
    }

    /** The line takes another turn now; false where there is no such line. */
    public boolean turn(Channel channel, String lineId, LineState state, Instant now) {
        Optional<Order> order = orderOfLine(channel, lineId, now);
        order.ifPresent(found -> turn(found, lineId, new Step(now, state)));
        return order.isPresent();
    }

    /** New orders come in now. */
    public synchronized List<Order> add(Channel channel, int count, Instant now) {
        LocalDate day = Days.of(now);
        List<Order> fresh = new ArrayList<>(added.getOrDefault(new Place(channel, day), List.of()));
        int before = fresh.size();
        List<Order> drawn = drawn(channel, day);
        int lines = lines(drawn) + lines(fresh);
        for (int i = 0; i < count; i++) {
            countByHand();
            int number = drawn.size() + fresh.size() + 1;
            OrderPlan.Sketch sketch =
                    OrderPlan.Sketch.drawn(now, Edge.NONE, settings.draw("added", channel, day, number));
            Order order = orders.drawn(channel, day, number, lines, sketch);
            lines += order.lines().size();
            fresh.add(order);
        }
        added.put(new Place(channel, day), List.copyOf(fresh));
        return fresh.subList(before, fresh.size());
    }

    private synchronized void turn(Order order, String lineId, Step step) {
        countByHand();
        Life life = order.lines().stream()
                .filter(line -> line.id().equals(lineId))
                .findFirst()
                .orElseThrow()
                .life();
        turned.computeIfAbsent(new Place(order.channel(), order.day()), place -> new HashMap<>())
                .put(lineId, life.turned(step));
    }

    private void countByHand() {
        if (byHand >= HAND_LIMIT) {
            throw new IllegalArgumentException(
                    "changes by hand: " + (HAND_LIMIT + 1) + " (expected: at most " + HAND_LIMIT + "; reset)");
        }
        byHand++;
    }

    private List<Order> all(Channel channel, LocalDate day) {
        if (day.isBefore(Days.OPENING)) {
            return List.of();
        }
        List<Order> drawn = drawn(channel, day);
        synchronized (this) {
            Place place = new Place(channel, day);
            Map<String, Life> lives = turned.getOrDefault(place, Map.of());
            List<Order> more = added.getOrDefault(place, List.of());
            if (lives.isEmpty() && more.isEmpty()) {
                return drawn;
            }
            return Stream.concat(drawn.stream(), more.stream())
                    .map(order -> order.with(lives))
                    .toList();
        }
    }

    private List<Order> drawn(Channel channel, LocalDate day) {
        return cache.get(settings.name(), channel, day, () -> days.of(channel, day, imported(channel, day)));
    }

    /** SmartStore's orders that the mall shows too. */
    private List<Order> imported(Channel channel, LocalDate day) {
        if (channel != Channel.CAFE24) {
            return List.of();
        }
        List<Order> market = drawn(Channel.NAVER, day);
        return IntStream.range(0, market.size())
                .filter(place -> orders.isOnTwoChannels(day, place))
                .mapToObj(market::get)
                .toList();
    }

    private synchronized Stream<Order> turnedBefore(Channel channel, LocalDate first, Instant now) {
        List<LocalDate> earlier = turned.keySet().stream()
                .filter(place -> place.channel() == channel && place.day().isBefore(first))
                .map(Place::day)
                .sorted()
                .toList();
        return earlier.stream().flatMap(day -> on(channel, day, now).stream());
    }

    private static int lines(List<Order> orders) {
        return orders.stream().mapToInt(order -> order.lines().size()).sum();
    }
}
