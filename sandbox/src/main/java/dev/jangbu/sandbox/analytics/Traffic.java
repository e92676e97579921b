package dev.jangbu.sandbox.analytics;

import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Draw;
import dev.jangbu.sandbox.shop.Line;
import dev.jangbu.sandbox.shop.LineState;
import dev.jangbu.sandbox.shop.Order;
import dev.jangbu.sandbox.shop.Product;
import dev.jangbu.sandbox.shop.Scenario;
import dev.jangbu.sandbox.shop.Shop;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the property saw of a day. Nine in ten of the mall's own paid orders are tracked, some of them a day late; a
 * day's sessions are settled a day after its end. What is known changes on the hour.
 */
final class Traffic {
    /** Rows of date, channel group, source and medium on the first of a month, in a shop for paging. */
    static final int WIDE_ROWS = 250_001;

    private static final List<String> DEVICES = List.of("mobile", "desktop");
    private static final int ITEMS = 120;

    private record Origin(String group, String source, String medium) {}

    private static final List<Origin> ORIGINS = List.of(
            new Origin("Direct", "(direct)", "(none)"),
            new Origin("Email", "newsletter", "email"),
            new Origin("Organic Search", "google", "organic"),
            new Origin("Organic Search", "naver", "organic"),
            new Origin("Organic Social", "instagram", "social"),
            new Origin("Paid Search", "google", "cpc"),
            new Origin("Paid Search", "naver", "cpc"),
            new Origin("Referral", "blog.example.invalid", "referral"),
            new Origin("Unassigned", "(not set)", "(not set)"));
    private static final Origin OTHER = new Origin("(other)", "(other)", "(other)");

    private final Shop shop;
    private final Instant now;

    /** @param now to the hour */
    Traffic(Shop shop, Instant now) {
        this.shop = shop;
        this.now = now;
    }

    List<Fact> of(LocalDate day, Scope scope) {
        if (day.isBefore(Days.OPENING) || day.isAfter(Days.of(now))) {
            return List.of();
        }
        return switch (scope) {
            case ANY, SESSION -> sessions(day);
            case TRANSACTION -> transactions(day);
            case ITEM -> items(day);
        };
    }

    /** Whether the day has more sources than are kept apart. */
    boolean hasOther(LocalDate day) {
        return shop.settings().scenario() == Scenario.PAGING && day.getDayOfMonth() == 1;
    }

    private List<Fact> sessions(LocalDate day) {
        List<Fact> facts = new ArrayList<>();
        for (Origin origin : ORIGINS) {
            for (String device : DEVICES) {
                addSessions(facts, day, origin, device);
            }
        }
        for (Order order : tracked(day)) {
            facts.add(fact(day, origin(order), device(order))
                    .with(Metric.PURCHASES, 1)
                    .with(Metric.REVENUE, order.payable()));
        }
        if (hasOther(day)) {
            addWide(facts, day);
        }
        return facts;
    }

    private void addSessions(List<Fact> facts, LocalDate day, Origin origin, String device) {
        Draw draw = draw("sessions", day, origin.group(), origin.source(), origin.medium(), device);
        long sessions = Math.round(draw.between(20, 300) * settled(day));
        if (sessions > 0 && shop.settings().scenario() != Scenario.QUIET) {
            facts.add(fact(day, origin, device)
                    .with(Metric.SESSIONS, sessions)
                    .with(Metric.TOTAL_USERS, sessions * 9 / 10 + 1)
                    .with(Metric.NEW_USERS, sessions / 3)
                    .with(Metric.VIEWS, sessions * 4));
        }
    }

    private static void addWide(List<Fact> facts, LocalDate day) {
        facts.add(fact(day, OTHER, "mobile").with(Metric.SESSIONS, 4_321).with(Metric.TOTAL_USERS, 4_000));
        int named = WIDE_ROWS - ORIGINS.size() - 1;
        for (int place = 0; place < named; place++) {
            Origin origin = new Origin("Referral", "ref-%06d.example.invalid".formatted(place), "referral");
            facts.add(fact(day, origin, "mobile")
                    .with(Metric.SESSIONS, 1 + place % 3)
                    .with(Metric.TOTAL_USERS, 1));
        }
    }

    private List<Fact> transactions(LocalDate day) {
        return tracked(day).stream()
                .map(order -> fact(day, origin(order), device(order))
                        .with(Dimension.TRANSACTION, order.id())
                        .with(Metric.PURCHASES, 1)
                        .with(Metric.REVENUE, order.payable()))
                .toList();
    }

    private List<Fact> items(LocalDate day) {
        List<Fact> facts = new ArrayList<>();
        List<Product> products =
                shop.catalogue().productsAt(Days.start(day.plusDays(1)).minusMillis(1));
        for (int place = 0; place < Math.min(ITEMS, products.size()); place++) {
            long views = Math.round(draw("views", day, place).between(0, 400 / (place + 2)) * settled(day));
            facts.add(item(day, products.get(place))
                    .with(Metric.ITEMS_VIEWED, views)
                    .with(Metric.ITEMS_ADDED, views / 8));
        }
        for (Order order : tracked(day)) {
            for (Line line : order.lines()) {
                facts.add(item(day, line.product())
                        .with(Metric.ITEMS_PURCHASED, line.quantity())
                        .with(Metric.ITEM_REVENUE, line.afterDiscount()));
            }
        }
        return facts;
    }

    /** Of the mall's own orders that were paid; the property never hears of a return. */
    private List<Order> tracked(LocalDate day) {
        return shop.on(Channel.CAFE24, day, now).stream()
                .filter(order -> order.marketOrderId() == null)
                .filter(this::isTracked)
                .toList();
    }

    private boolean isTracked(Order order) {
        Draw draw = draw("tracked", order.id());
        Duration late = Duration.ofMinutes(draw.between(1, 1_800));
        Optional<Instant> paid = order.lines().get(0).life().when(LineState.PAID, now);
        return draw.chance(0.9)
                && paid.filter(at -> !at.plus(late).isAfter(now)).isPresent();
    }

    private Origin origin(Order order) {
        return draw("origin", order.id()).of(ORIGINS);
    }

    private static String device(Order order) {
        return order.isMobile() ? "mobile" : "desktop";
    }

    /** How much of a day is counted by now: nine tenths at its end, all of it a day later. */
    private double settled(LocalDate day) {
        double hours = Duration.between(Days.start(day), now).toMinutes() / 60.0;
        return hours < 24 ? 0.9 * hours / 24 : Math.min(1, 0.9 + 0.1 * (hours - 24) / 24);
    }

    private Draw draw(Object... what) {
        return Draw.of(
                Draw.of(shop.settings().seed(), shop.settings().name(), "traffic")
                        .next(),
                what);
    }

    private static Fact fact(LocalDate day, Origin origin, String device) {
        return Fact.of(Dimension.DATE, Days.compact(day))
                .with(Dimension.CHANNEL_GROUP, origin.group())
                .with(Dimension.SOURCE, origin.source())
                .with(Dimension.MEDIUM, origin.medium())
                .with(Dimension.DEVICE, device);
    }

    private static Fact item(LocalDate day, Product product) {
        return Fact.of(Dimension.DATE, Days.compact(day))
                .with(Dimension.ITEM_ID, String.valueOf(product.number()))
                .with(Dimension.ITEM_NAME, product.name());
    }
}
