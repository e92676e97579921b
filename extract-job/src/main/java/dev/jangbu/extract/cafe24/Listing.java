package dev.jangbu.extract.cafe24;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of the Admin API, and how far it can be paged through.
 *
 * @param <T> its rows
 * @param countPath where its rows are counted; null where they are not
 * @param answer what a page is read into
 * @param key what tells one row from another
 * @param limit rows a page, at most; a higher one is refused, or cut in silence
 * @param mostOffset the highest offset
 */
record Listing<T>(
        String path,
        @Nullable String countPath,
        Class<? extends Answers.Page<T>> answer,
        Function<T, String> key,
        int limit,
        int mostOffset) {
    static final Listing<Order> ORDERS =
            new Listing<>("admin/orders", "admin/orders/count", Answers.Orders.class, Order::orderId, 1_000, 15_000);
    static final Listing<OrderCoupon> ORDER_COUPONS =
            new Listing<>("admin/orders/coupons", null, Answers.OrderCoupons.class, OrderCoupon::toString, 500, 8_000);
    static final Listing<Refund> REFUNDS =
            new Listing<>("admin/refunds", null, Answers.Refunds.class, Refund::refundCode, 500, 15_000);
    static final Listing<Product> PRODUCTS = new Listing<>(
            "admin/products", "admin/products/count", Answers.Products.class, Product::productNo, 100, 5_000);
    static final Listing<Category> CATEGORIES = new Listing<>(
            "admin/categories", "admin/categories/count", Answers.Categories.class, Category::categoryNo, 100, 8_000);
    static final Listing<Coupon> COUPONS =
            new Listing<>("admin/coupons", "admin/coupons/count", Answers.Coupons.class, Coupon::couponNo, 500, 8_000);

    /** Rows that can be paged through. */
    int most() {
        return mostOffset + limit;
    }
}
