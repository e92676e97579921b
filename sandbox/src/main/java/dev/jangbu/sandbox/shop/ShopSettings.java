package dev.jangbu.sandbox.shop;

/**
 * What makes a shop: with the same settings, it is the same shop.
 *
 * @param products 1 to 20,000
 * @param ordersPerDay on an average day and channel, 0 to 2,000
 * @param isImportingShopn SmartStore orders also come up in its Cafe24 mall
 */
public record ShopSettings(
        String name, long seed, Scenario scenario, int products, double ordersPerDay, boolean isImportingShopn) {
    public ShopSettings {
        if (!name.matches("[a-z0-9-]{3,50}")) {
            throw new IllegalArgumentException("shop: " + name + " (expected: 3 to 50 of a-z, 0-9 and -)");
        }
        if (products < 1 || products > 20_000) {
            throw new IllegalArgumentException("products: " + products + " (expected: 1..20000)");
        }
        if (!(ordersPerDay >= 0 && ordersPerDay <= 2_000)) {
            throw new IllegalArgumentException("orders_per_day: " + ordersPerDay + " (expected: 0..2000)");
        }
    }

    public static ShopSettings of(String name, long seed, Scenario scenario) {
        int products = scenario == Scenario.PAGING
                ? 5_350
                : (int) Draw.of(seed, "products", name).between(40, 400);
        return new ShopSettings(name, seed, scenario, products, scenario == Scenario.QUIET ? 0 : 9, true);
    }

    public ShopSettings withProducts(int count) {
        return new ShopSettings(name, seed, scenario, count, ordersPerDay, isImportingShopn);
    }

    public ShopSettings withOrdersPerDay(double count) {
        return new ShopSettings(name, seed, scenario, products, count, isImportingShopn);
    }

    public ShopSettings importingShopn(boolean isImporting) {
        return new ShopSettings(name, seed, scenario, products, ordersPerDay, isImporting);
    }

    Draw draw(Object... what) {
        return Draw.of(Draw.of(seed, name).next(), what);
    }
}
