package dev.jangbu.sandbox.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shop has to sell: products, categories, coupons. */
public final class Catalogue {
    private static final List<String> TOPS = List.of("상의", "하의", "신발", "가방");
    private static final List<String> MIDDLES = List.of("기본", "시즌", "세일");
    private static final List<String> LEAVES = List.of("여성", "남성");
    private static final List<String> FABRICS = List.of("린넨", "코튼", "데님", "니트", "울", "실크", "트위드", "새틴");
    private static final List<String> THINGS = List.of("셔츠", "양말", "팬츠", "가디건", "스커트", "백팩", "로퍼", "원피스", "코트", "머플러");
    private static final List<String> COLOURS = List.of("아이보리", "블랙", "네이비", "베이지");
    /** One whose name is hard to carry. */
    private static final String HARD_NAME = "봄🌸 \"한정\" 셔츠\n(두 줄 이름)";

    private final ShopSettings settings;
    private final List<Category> categories;
    private final List<Product> products;
    private final List<Coupon> coupons;

    Catalogue(ShopSettings settings) {
        this.settings = settings;
        categories = categories();
        products = products(settings);
        coupons = coupons(settings);
    }

    /** Top to leaf, each above those below it. */
    public List<Category> allCategories() {
        return categories;
    }

    /** All there ever were, by number. */
    public List<Product> allProducts() {
        return products;
    }

    public List<Product> productsAt(Instant now) {
        return products.stream().filter(product -> product.isThere(now)).toList();
    }

    public List<Coupon> allCoupons() {
        return coupons;
    }

    public List<Coupon> couponsAt(Instant now) {
        return coupons.stream()
                .filter(coupon -> !coupon.createdAt().isAfter(now))
                .toList();
    }

    /** A popular one that is there at the time. */
    Product drawn(Draw draw, Instant at) {
        int place = draw.popular(products.size());
        for (int i = 0; i < products.size(); i++) {
            Product product = products.get((place + i) % products.size());
            if (product.isThere(at)) {
                return product;
            }
        }
        return products.get(0);
    }

    private static List<Category> categories() {
        List<Category> all = new ArrayList<>();
        for (String top : TOPS) {
            Category first = below(all, List.of(), List.of(), top);
            for (String middle : MIDDLES) {
                Category second = below(all, first.path(), first.names(), top + " " + middle);
                for (String leaf : LEAVES) {
                    below(all, second.path(), second.names(), leaf + " " + top);
                }
            }
        }
        return all;
    }

    private static Category below(List<Category> all, List<Integer> path, List<String> names, String name) {
        int number = 24 + all.size();
        List<Integer> ownPath = new ArrayList<>(path);
        ownPath.add(number);
        List<String> ownNames = new ArrayList<>(names);
        ownNames.add(name);
        Category category = new Category(number, name, ownPath, ownNames);
        all.add(category);
        return category;
    }

    private List<Product> products(ShopSettings of) {
        List<Category> leaves =
                categories.stream().filter(category -> category.depth() == 3).toList();
        List<Product> all = new ArrayList<>();
        for (int place = 0; place < of.products(); place++) {
            all.add(product(place, leaves));
        }
        return all;
    }

    private Product product(int place, List<Category> leaves) {
        Draw draw = settings.draw("product", place);
        int number = 21 + place + place / 7;
        String name = place == 0 ? HARD_NAME : draw.of(FABRICS) + " " + draw.of(THINGS) + " " + number;
        Instant created =
                Days.start(Days.OPENING.minusDays(draw.between(1, 300))).plusSeconds(draw.below(86_400));
        return new Product(
                number,
                code(number),
                "LS-%04d".formatted(number),
                name,
                draw.of(leaves),
                draw.between(8, 90) * 1_000,
                isLate(place) ? Days.at(appearance(place), LocalTime.of(10, 0)) : created,
                deletion(place),
                List.of("색상=" + draw.of(COLOURS), "색상=" + draw.of(COLOURS) + ", 사이즈=L"),
                draw.next());
    }

    /** The last tenth of the default assortment appears over time; in a mall for paging all is there from the start. */
    private boolean isLate(int place) {
        return settings.scenario() != Scenario.PAGING && place >= 12 && place % 10 == 9;
    }

    private static LocalDate appearance(int place) {
        return Days.OPENING.plusDays(place * 8L);
    }

    /** In the default scenario one product goes at noon on the second of each month from 2026 on. */
    private @Nullable Instant deletion(int place) {
        int month = place - 12;
        boolean isGoing = settings.scenario() == Scenario.DEFAULT && month >= 0 && month < 24 && !isLate(place);
        return isGoing ? Days.at(LocalDate.of(2026, 1, 2).plusMonths(month), LocalTime.NOON) : null;
    }

    private static String code(int number) {
        StringBuilder letters = new StringBuilder();
        int rest = number;
        while (rest > 0) {
            letters.insert(0, (char) ('A' + rest % 26));
            rest /= 26;
        }
        return "P" + "0".repeat(Math.max(0, 7 - letters.length())) + letters;
    }

    private static List<Coupon> coupons(ShopSettings settings) {
        int count = settings.scenario() == Scenario.PAGING
                ? 620
                : (int) settings.draw("coupons").between(5, 20);
        List<Coupon> all = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            all.add(coupon(settings, place));
        }
        return all;
    }

    private static Coupon coupon(ShopSettings settings, int place) {
        Draw draw = settings.draw("coupon", place);
        boolean isPercent = draw.chance(0.4);
        long amount = isPercent ? 0 : draw.between(1, 5) * 1_000;
        int percent = isPercent ? (int) draw.between(1, 4) * 5 : 0;
        Instant from = Days.start(Days.OPENING.plusDays(place % 20 * 30L));
        return new Coupon(
                "6069019282400%06d".formatted(place + 1),
                (isPercent ? "할인율 " + percent + "%" : "할인 " + amount + "원") + " 쿠폰 " + (place + 1),
                amount,
                percent,
                draw.chance(0.5),
                draw.between(1, 5) * 10_000,
                from.minus(Duration.ofDays(3)),
                from,
                from.plus(Duration.ofDays(draw.between(200, 900))).minusSeconds(1),
                draw.chance(0.15),
                (int) draw.between(50, 900));
    }
}
