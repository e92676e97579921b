package dev.jangbu.extract.simulator;

import dev.jangbu.extract.simulator.Catalogue.Product;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A page a visitor looks at.
 *
 * @param product what the page is about, or null
 */
record Page(Utf8 type, Utf8 url, @Nullable Product product) {
    static final String SHOP = "https://shop.example.com";

    private static final Weights KINDS = Weights.of(22, 26, 46, 6);
    private static final Page HOME = plain("home", "/");
    private static final Page MY_PAGE = plain("mypage", "/mypage");
    private static final Page CART = plain("cart", "/cart");
    private static final Page CHECKOUT = plain("checkout", "/checkout");
    private static final Page ORDER_COMPLETE = plain("order_complete", "/orders/complete");

    /** Any page of the shop. */
    static Page draw(SplittableRandom random) {
        return switch (KINDS.draw(random)) {
            case 0 -> HOME;
            case 1 -> category(Catalogue.draw(random));
            case 2 -> product(Catalogue.draw(random));
            default -> MY_PAGE;
        };
    }

    static Page afterCart(SplittableRandom random) {
        return random.nextBoolean() ? CART : CHECKOUT;
    }

    static Page afterPurchase() {
        return ORDER_COMPLETE;
    }

    private static Page plain(String type, String path) {
        return new Page(Utf8.of(type), Utf8.of(SHOP + path), null);
    }

    private static Page category(Product product) {
        return new Page(Utf8.of("category"), Utf8.of(SHOP + "/categories/" + product.category()), null);
    }

    private static Page product(Product product) {
        return new Page(Utf8.of("product"), Utf8.of(SHOP + "/products/" + product.id()), product);
    }
}
