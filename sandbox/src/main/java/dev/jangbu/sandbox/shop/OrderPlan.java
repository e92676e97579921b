package dev.jangbu.sandbox.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Draws orders with their lines. */
final class OrderPlan {
    private static final List<String> PLACES = List.of("cafe24", "mobile", "mobile_d", "NCHECKOUT");
    private static final long FREE_SHIPPING_FROM = 50_000;
    private static final long SHIPPING_FEE = 3_000;

    private final ShopSettings settings;
    private final Catalogue catalogue;
    private final Buyers buyers;
    private final Ids ids;

    OrderPlan(ShopSettings settings, Catalogue catalogue) {
        this.settings = settings;
        this.catalogue = catalogue;
        buyers = new Buyers(settings);
        ids = new Ids(settings);
    }

    /** An order before it has an id: ids follow the order of time. */
    record Sketch(
            Instant orderedAt,
            Edge edge,
            Draw draw,
            @Nullable Order origin) {
        static Sketch drawn(Instant orderedAt, Edge edge, Draw draw) {
            return new Sketch(orderedAt, edge, draw, null);
        }

        static Sketch imported(Order origin) {
            return new Sketch(origin.orderedAt(), Edge.NONE, Draw.of(0), origin);
        }
    }

    List<Order> drawn(Channel channel, LocalDate day, List<Sketch> sketches) {
        List<Order> orders = new ArrayList<>();
        int linesBefore = 0;
        for (Sketch sketch : sketches) {
            Order order = drawn(channel, day, orders.size() + 1, linesBefore, sketch);
            orders.add(order);
            linesBefore += order.lines().size();
        }
        return orders;
    }

    /** @param linesBefore how many lines the day's earlier orders have */
    Order drawn(Channel channel, LocalDate day, int number, int linesBefore, Sketch sketch) {
        String id = ids.order(channel, day, number);
        return sketch.origin() == null
                ? drawn(channel, day, id, linesBefore, sketch)
                : imported(day, id, sketch.origin());
    }

    /** One SmartStore order in twenty is also in Cafe24, and one of each month's first day for certain. */
    boolean isOnTwoChannels(LocalDate day, int place) {
        return settings.isImportingShopn()
                && (settings.draw("shopn", day, place).chance(0.05) || (day.getDayOfMonth() == 1 && place == 0));
    }

    private Order drawn(Channel channel, LocalDate day, String id, int linesBefore, Sketch sketch) {
        Draw draw = sketch.draw();
        Buyer buyer = buyers.drawn(channel, draw);
        LifePlan life = LifePlan.of(sketch.orderedAt(), draw);
        Optional<Coupon> coupon = draw.chance(0.22) ? Optional.of(draw.of(catalogue.allCoupons())) : Optional.empty();
        List<Line> lines = lines(channel, day, id, linesBefore, sketch, life, coupon);
        long gross = lines.stream().mapToLong(Line::afterDiscount).sum();
        long orderDiscount = coupon.filter(one -> one.isForOrder() && one.isUsable(sketch.orderedAt(), gross))
                .map(one -> one.off(gross))
                .orElse(0L);
        boolean isUsed = orderDiscount > 0 || lines.get(0).couponDiscount() > 0;
        long payable = gross - orderDiscount;
        long points = draw.chance(0.1) ? Math.min(draw.between(1, 30) * 100, payable) : 0;
        return new Order(
                channel,
                day,
                id,
                sketch.orderedAt(),
                buyer,
                channel == Channel.CAFE24 ? PLACES.get(draw.weighted(20, 45, 20, 15)) : channel.text(),
                draw.chance(0.75),
                draw.chance(0.35),
                draw.weighted(70, 20, 10) == 1 ? "icash" : "card",
                payable >= FREE_SHIPPING_FROM || sketch.edge() == Edge.ZERO_WON ? 0 : SHIPPING_FEE,
                points,
                isUsed ? coupon.orElse(null) : null,
                orderDiscount,
                null,
                lines);
    }

    private List<Line> lines(
            Channel channel,
            LocalDate day,
            String id,
            int linesBefore,
            Sketch sketch,
            LifePlan life,
            Optional<Coupon> coupon) {
        Draw draw = sketch.draw();
        int count = sketch.edge() == Edge.HUNDRED_LINES ? 100 : 1 + draw.weighted(62, 22, 10, 4, 2);
        List<Line> lines = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            String lineId = ids.line(channel, day, id, place + 1, linesBefore + place + 1);
            lines.add(line(channel, lineId, place, sketch, life, coupon));
        }
        return lines;
    }

    private Line line(Channel channel, String id, int place, Sketch sketch, LifePlan life, Optional<Coupon> coupon) {
        Draw draw = sketch.draw();
        Product product = sketch.edge() == Edge.HARD_NAME
                ? catalogue.allProducts().get(0)
                : catalogue.drawn(draw, sketch.orderedAt());
        int quantity = 1 + draw.weighted(80, 15, 5);
        int option = draw.weighted(75, 25);
        long price = product.at(sketch.orderedAt()).price();
        long gross = (price + product.optionPrice(option)) * quantity;
        long cut = draw.chance(0.15) ? gross / 1_000 * 100 : 0;
        long additional = sketch.edge() == Edge.ZERO_WON ? gross : cut;
        long off = coupon.filter(one -> place == 0 && !one.isForOrder())
                .filter(one -> one.isUsable(sketch.orderedAt(), gross - additional))
                .map(one -> one.off(gross - additional))
                .orElse(0L);
        boolean isPart = quantity > 1 && draw.chance(0.05);
        boolean isUnknown = sketch.edge() == Edge.UNKNOWN_STATUS && channel == Channel.CAFE24 && place == 0;
        return new Line(
                id,
                place + 1,
                product,
                option,
                quantity,
                price,
                product.optionPrice(option),
                additional,
                off,
                isUnknown ? life.unheardOf() : life.line(draw),
                isPart ? 1 : 0,
                isPart ? life.partDoneAt() : null,
                null,
                sketch.edge() == Edge.PRICE_AS_NUMBER);
    }

    private Order imported(LocalDate day, String id, Order origin) {
        List<Line> lines = new ArrayList<>();
        for (Line line : origin.lines()) {
            int number = lines.size() + 1;
            lines.add(line.imported(ids.line(Channel.CAFE24, day, id, number, number), number));
        }
        Buyer guest = new Buyer(
                origin.buyer().number(),
                null,
                origin.buyer().name(),
                origin.buyer().phone(),
                origin.buyer().email());
        return new Order(
                Channel.CAFE24,
                day,
                id,
                origin.orderedAt(),
                guest,
                "shopn",
                origin.isMobile(),
                false,
                origin.payment(),
                origin.shippingFee(),
                0,
                origin.coupon(),
                origin.orderDiscount(),
                origin.id(),
                lines);
    }
}
