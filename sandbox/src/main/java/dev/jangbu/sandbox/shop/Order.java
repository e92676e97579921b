package dev.jangbu.sandbox.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order with all that will become of it. Amounts in won.
 *
 * @param day its day in Seoul
 * @param place where on the platform it was made, such as {@code mobile} or {@code shopn}
 * @param orderDiscount taken off the order as a whole, on top of the lines'
 * @param marketOrderId its id on the market it was imported from
 */
public record Order(
        Channel channel,
        LocalDate day,
        String id,
        Instant orderedAt,
        Buyer buyer,
        String place,
        boolean isMobile,
        boolean isFirst,
        String payment,
        long shippingFee,
        long points,
        @Nullable Coupon coupon,
        long orderDiscount,
        @Nullable String marketOrderId,
        List<Line> lines) {
    public Order {
        lines = List.copyOf(lines);
    }

    public Optional<Instant> paidAt(Instant now) {
        return lines.stream()
                .flatMap(line -> line.life().when(LineState.PAID, now).stream())
                .min(Comparator.naturalOrder());
    }

    public long gross() {
        return lines.stream().mapToLong(Line::gross).sum();
    }

    public long lineDiscount() {
        return lines.stream().mapToLong(Line::discount).sum();
    }

    public long couponDiscount() {
        return orderDiscount + lines.stream().mapToLong(Line::couponDiscount).sum();
    }

    public long additionalDiscount() {
        return lines.stream().mapToLong(Line::additionalDiscount).sum();
    }

    /** What the buyer pays beside points. */
    public long payable() {
        return gross() - lineDiscount() - orderDiscount + shippingFee - points;
    }

    /** Of each line, its share of the order's discount by amount; the largest takes what is left over. */
    public List<Long> allocations() {
        long base = gross() - lineDiscount();
        List<Long> shares = new ArrayList<>();
        for (Line line : lines) {
            shares.add(base == 0 ? 0 : orderDiscount * line.afterDiscount() / base);
        }
        long left = orderDiscount - shares.stream().mapToLong(Long::longValue).sum();
        int largest = largest();
        shares.set(largest, shares.get(largest) + left);
        return shares;
    }

    /** Lines with another life take it; the rest stays. */
    Order with(Map<String, Life> lives) {
        if (lines.stream().noneMatch(line -> lives.containsKey(line.id()))) {
            return this;
        }
        return withLines(lines.stream()
                .map(line -> line.withLife(lives.getOrDefault(line.id(), line.life())))
                .toList());
    }

    Order withLines(List<Line> others) {
        return new Order(
                channel,
                day,
                id,
                orderedAt,
                buyer,
                place,
                isMobile,
                isFirst,
                payment,
                shippingFee,
                points,
                coupon,
                orderDiscount,
                marketOrderId,
                others);
    }

    private int largest() {
        int largest = 0;
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).afterDiscount() > lines.get(largest).afterDiscount()) {
                largest = i;
            }
        }
        return largest;
    }
}
