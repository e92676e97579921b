package dev.jangbu.sandbox.truth;

import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Line;
import dev.jangbu.sandbox.shop.LineState;
import dev.jangbu.sandbox.shop.Order;
import dev.jangbu.sandbox.shop.Shop;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A shop as the unified model should have it. */
public final class Truth {
    /** By which time an order belongs to a day. */
    public enum Basis {
        ORDERED,
        PAID
    }

    private Truth() {}

    /**
     * One row a line, of days from to to, both included; in the order of channels and of time.
     *
     * @param mallShop in which of its mall's shops an order of Cafe24 was made
     */
    public static List<TruthRow> rows(
            Shop shop,
            ToIntFunction<Order> mallShop,
            List<Channel> channels,
            LocalDate from,
            LocalDate to,
            Basis basis,
            Instant now) {
        List<TruthRow> rows = new ArrayList<>();
        for (Channel channel : channels) {
            orders(shop, channel, from, to, basis, now)
                    .forEach(order -> addRows(rows, shop, mallShop, order, basis, now));
        }
        return rows;
    }

    /** A payment can come days after its order. */
    private static Stream<Order> orders(
            Shop shop, Channel channel, LocalDate from, LocalDate to, Basis basis, Instant now) {
        if (basis == Basis.ORDERED) {
            return shop.between(channel, from, to, now);
        }
        return shop.between(channel, from.minusDays(Shop.LONGEST_LIFE.toDays()), to, now)
                .filter(order -> order.paidAt(now)
                        .map(Days::of)
                        .filter(day -> !day.isBefore(from) && !day.isAfter(to))
                        .isPresent());
    }

    private static void addRows(
            List<TruthRow> rows, Shop shop, ToIntFunction<Order> mallShop, Order order, Basis basis, Instant now) {
        Integer shopNo = order.channel() == Channel.CAFE24 ? Integer.valueOf(mallShop.applyAsInt(order)) : null;
        List<Long> allocations = order.allocations();
        for (int place = 0; place < order.lines().size(); place++) {
            rows.add(row(shop, shopNo, order, order.lines().get(place), allocations.get(place), basis, now));
        }
    }

    private static TruthRow row(
            Shop shop, @Nullable Integer shopNo, Order order, Line line, long allocated, Basis basis, Instant now) {
        Instant ordered = order.orderedAt();
        Optional<Instant> paid = line.life().when(LineState.PAID, now);
        LocalDate day = Days.of(basis == Basis.PAID ? paid.orElse(ordered) : ordered);
        // Ably says what a line cost, and not why.
        boolean isBare = order.channel() == Channel.ABLY;
        long discount = isBare ? 0 : line.discount();
        long share = isBare ? 0 : allocated;
        return new TruthRow(
                order.channel().text(),
                shop.settings().name(),
                day,
                order.id(),
                line.id(),
                order.place(),
                shopNo,
                order.marketOrderId(),
                line.product().number(),
                line.quantity(),
                line.remainingQuantity(now),
                line.gross(),
                discount,
                share,
                line.gross() - discount - share,
                line.life().stateAt(now).canonical(),
                paid.isPresent(),
                Days.millis(ordered),
                paid.map(Days::millis).orElse(null));
    }
}
