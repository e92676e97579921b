package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The mall's categories and products. Lists of products do not say where a product is shown, so each category is asked for
 * its own; a product in several is put into the deepest.
 */
final class ProductScan {
    private static final Duration LOOKBACK = Duration.ofDays(3);

    private final Mall mall;
    private final ListReader lists;
    private final RecordWriter landing;
    private final Map<String, String> categories = new HashMap<>();

    ProductScan(ListReader lists, RecordWriter landing) {
        this.mall = lists.mall();
        this.lists = lists;
        this.landing = landing;
    }

    /**
     * Lands the categories, then the products: those that changed, and once a week all. Tells whether these are all there
     * are.
     */
    boolean read(AccountWindow window) throws NeedsAttention {
        readCategories();
        Map<String, Object> changed = new Days(window.firstDay(LOOKBACK), window.lastDay())
                .parameters("updated_start_date", "updated_end_date");
        boolean isWhole = window.isFirst()
                || window.isReconcile()
                || window.businessDate().getDayOfWeek() == DayOfWeek.SUNDAY
                || window.firstDay(LOOKBACK).isBefore(window.lastDay().minusDays(Days.LONGEST - 1L));
        int count = isWhole ? 0 : lists.count(Listing.PRODUCTS, changed);
        if (isWhole || count > Listing.PRODUCTS.most()) {
            readAll();
            return true;
        }
        lists.readCounted(Listing.PRODUCTS, changed, Map.of(), count, this::land);
        return false;
    }

    private void readCategories() throws NeedsAttention {
        List<Category> all = new ArrayList<>();
        lists.read(Listing.CATEGORIES, Map.of(), Map.of(), (rows, observedAt) -> {
            rows.forEach(category -> landing.write(new Category.Landed(category), observedAt));
            all.addAll(rows);
        });
        all.sort(Comparator.comparingInt(Category::depth));
        for (Category category : all) {
            mall.read(
                            "admin/categories/" + number(category) + "/products",
                            Map.of("display_group", 1, "limit", 50_000),
                            Answers.Members.class)
                    .products()
                    .forEach(member -> categories.put(member.productNo(), category.categoryNo()));
        }
    }

    /**
     * All products, by number: the offset of a list ends at 5,000. Whether they come in the order of numbers is nowhere
     * written, so the highest one of a page is where the next begins.
     */
    private void readAll() throws NeedsAttention {
        int wanted = lists.count(Listing.PRODUCTS, Map.of());
        Set<Long> seen = new HashSet<>();
        long since = 0;
        while (true) {
            Instant observedAt = mall.now();
            List<Product> page = mall.read(
                            Listing.PRODUCTS.path(),
                            Map.of("limit", Listing.PRODUCTS.limit(), "since_product_no", since),
                            Answers.Products.class)
                    .products();
            if (page.isEmpty()) {
                break;
            }
            page.forEach(lists::requireShop);
            List<Product> fresh =
                    page.stream().filter(product -> seen.add(product.number())).toList();
            land(fresh, observedAt);
            long highest = page.stream().mapToLong(Product::number).max().orElse(since);
            if (fresh.isEmpty() || highest <= since) {
                throw FailureKind.PAGE_GAP.failure("admin/products: nothing new behind product " + since
                        + " (expected: others, or an empty page)");
            }
            since = highest;
        }
        if (seen.size() < wanted) {
            throw FailureKind.COUNT_MISMATCH.failure("admin/products: " + seen.size() + " products (expected: " + wanted
                    + " by the platform's own count)");
        }
        lists.add(wanted, seen.size());
    }

    private void land(List<Product> products, Instant observedAt) {
        products.forEach(
                product -> landing.write(LandedProduct.of(product, categories.get(product.productNo())), observedAt));
    }

    private static String number(Category category) {
        if (!category.categoryNo().matches("\\d{1,18}")) {
            throw FailureKind.SCHEMA.failure("category_no: not a number (expected: as the platform promises)");
        }
        return category.categoryNo();
    }
}
