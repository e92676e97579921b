package dev.jangbu.extract.simulator;

import java.util.List;
import java.util.SplittableRandom;

/** What a purchase comes to, in won. */
record Order(List<Item> items, long discount, long shipping, String payment) {
    private static final int[] DISCOUNTS = {0, 1_000, 2_000, 3_000, 5_000};
    private static final String[] PAYMENTS = {"credit_card", "bank_transfer", "kakao_pay", "naver_pay", "toss_pay"};
    private static final int FREE_SHIPPING_FROM = 50_000;
    private static final int SHIPPING = 3_000;

    Order {
        items = List.copyOf(items);
    }

    static Order draw(List<Item> items, SplittableRandom random) {
        long discount = DISCOUNTS[random.nextInt(DISCOUNTS.length)];
        long shipping = goods(items) < FREE_SHIPPING_FROM ? SHIPPING : 0;
        return new Order(items, discount, shipping, PAYMENTS[random.nextInt(PAYMENTS.length)]);
    }

    long total() {
        return goods(items) - discount + shipping;
    }

    private static long goods(List<Item> items) {
        return items.stream().mapToLong(Item::amount).sum();
    }
}
