package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.shop.Line;
import dev.jangbu.sandbox.shop.Order;
import java.time.Instant;
import java.util.List;

/** What an order comes to: as it was made, or as it is after cancellations and returns. In won. */
record Amounts(long price, long shipping, long points, long coupon, long additional) {
    static Amounts initial(Order order) {
        return new Amounts(
                order.gross(), order.shippingFee(), order.points(), order.couponDiscount(), order.additionalDiscount());
    }

    /** What is left of each line bears its share of the discounts. */
    static Amounts actual(Order order, Instant now) {
        List<Long> allocations = order.allocations();
        long price = 0;
        long coupon = 0;
        long additional = 0;
        for (int place = 0; place < order.lines().size(); place++) {
            Line line = order.lines().get(place);
            int left = line.remainingQuantity(now);
            price += line.gross() * left / line.quantity();
            coupon += (line.couponDiscount() + allocations.get(place)) * left / line.quantity();
            additional += line.additionalDiscount() * left / line.quantity();
        }
        boolean isAllGone = order.lines().stream().allMatch(line -> line.remainingQuantity(now) == 0);
        long shipping = isAllGone ? 0 : order.shippingFee();
        long points = Math.min(isAllGone ? 0 : order.points(), price + shipping - coupon - additional);
        return new Amounts(price, shipping, points, coupon, additional);
    }

    long due() {
        return price + shipping - coupon - additional - points;
    }
}
