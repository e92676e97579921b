package dev.jangbu.extract.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the shop sells: 21 products in 5 categories, prices in won, each dearer than the largest discount. */
final class Catalogue {
    private static final int[][] PRICES = {
        {19_900, 29_900, 39_900, 59_000, 89_000},
        {129_000, 249_000, 459_000, 890_000},
        {12_900, 24_900, 34_000, 54_000},
        {8_900, 13_500, 18_900, 32_000},
        {9_900, 15_900, 27_000, 49_000}
    };

    private static final List<Product> PRODUCTS = products();

    private Catalogue() {}

    /** A thing on sale, with its ids as bytes of JSON text. */
    record Product(Utf8 id, Utf8 category, int price) {}

    static Product draw(SplittableRandom random) {
        return PRODUCTS.get(random.nextInt(PRODUCTS.size()));
    }

    static int size() {
        return PRODUCTS.size();
    }

    private static List<Product> products() {
        List<Product> products = new ArrayList<>();
        for (int category = 0; category < PRICES.length; category++) {
            for (int price : PRICES[category]) {
                products.add(new Product(
                        Utf8.of(String.format("P%04d", products.size() + 1)),
                        Utf8.of(String.format("CAT%03d", category + 1)),
                        price));
            }
        }
        return List.copyOf(products);
    }
}
