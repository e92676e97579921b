package dev.jangbu.extract.cafe24;

import static dev.jangbu.extract.http.Promised.present;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Cafe24's methods answer. */
final class Answers {
    private Answers() {}

    /** Another page of a list. */
    record Link(@Nullable String rel) {}

    /**
     * A page of a list.
     *
     * @param <T> its rows
     */
    interface Page<T> {
        List<T> rows();

        @Nullable
        List<Link> links();

        /** Where the platform does not say, a page with rows may have another behind it. */
        default boolean hasNext() {
            List<Link> all = links();
            return all == null ? !rows().isEmpty() : all.stream().anyMatch(link -> "next".equals(link.rel()));
        }
    }

    record Count(Integer count) {
        Count {
            present("count", count);
        }
    }

    record Orders(List<Order> orders, @Nullable List<Link> links) implements Page<Order> {
        Orders {
            orders = List.copyOf(present("orders", orders));
        }

        @Override
        public List<Order> rows() {
            return orders;
        }
    }

    record OrderCoupons(List<OrderCoupon> coupons, @Nullable List<Link> links) implements Page<OrderCoupon> {
        OrderCoupons {
            coupons = List.copyOf(present("coupons", coupons));
        }

        @Override
        public List<OrderCoupon> rows() {
            return coupons;
        }
    }

    record Refunds(List<Refund> refunds, @Nullable List<Link> links) implements Page<Refund> {
        Refunds {
            refunds = List.copyOf(present("refunds", refunds));
        }

        @Override
        public List<Refund> rows() {
            return refunds;
        }
    }

    record Products(List<Product> products, @Nullable List<Link> links) implements Page<Product> {
        Products {
            products = List.copyOf(present("products", products));
        }

        @Override
        public List<Product> rows() {
            return products;
        }
    }

    record Categories(List<Category> categories, @Nullable List<Link> links) implements Page<Category> {
        Categories {
            categories = List.copyOf(present("categories", categories));
        }

        @Override
        public List<Category> rows() {
            return categories;
        }
    }

    record Coupons(List<Coupon> coupons, @Nullable List<Link> links) implements Page<Coupon> {
        Coupons {
            coupons = List.copyOf(present("coupons", coupons));
        }

        @Override
        public List<Coupon> rows() {
            return coupons;
        }
    }

    /** The numbers of the products that are shown in a category. */
    record Members(List<Member> products) {
        Members {
            products = List.copyOf(present("products", products));
        }
    }

    record Member(String productNo) {
        Member {
            present("product_no", productNo);
        }
    }
}
