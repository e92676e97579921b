package dev.jangbu.sandbox.shop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sold.
 *
 * @param deletedAt when it vanishes from the lists; its orders stay
 * @param options at least one; the first costs nothing more
 */
public record Product(
        int number,
        String code,
        String sellerCode,
        String name,
        Category category,
        long basePrice,
        Instant createdAt,
        @Nullable Instant deletedAt,
        List<String> options,
        long revisions) {
    /** Price, stock and the like are settled anew each 45 days. */
    private static final Duration REVISION = Duration.ofDays(45);

    private static final int[] PERCENT = {100, 95, 105, 90};

    public Product {
        options = List.copyOf(options);
    }

    public boolean isThere(Instant now) {
        return !createdAt.isAfter(now) && (deletedAt == null || now.isBefore(deletedAt));
    }

    /** As it is at that time; before it was made, as on its first day. */
    public ProductState at(Instant now) {
        long revision = Math.max(0, Duration.between(createdAt, now).toDays() / REVISION.toDays());
        Draw draw = Draw.of(revisions, revision);
        long price = revision == 0 ? basePrice : basePrice * PERCENT[draw.below(PERCENT.length)] / 100_00 * 100;
        long stock = draw.chance(0.05) ? 0 : draw.between(1, 300);
        return new ProductState(
                price,
                stock,
                !draw.chance(0.05),
                !draw.chance(0.03),
                createdAt.plus(REVISION.multipliedBy(revision)),
                draw.below(200));
    }

    public long supplyPrice() {
        return basePrice * 4 / 1_000 * 100;
    }

    public long retailPrice() {
        return basePrice * 12 / 1_000 * 100;
    }

    /** What the option costs more. */
    public long optionPrice(int option) {
        return option == 0 ? 0 : 1_000L * option;
    }
}
