package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.shop.Catalogue;
import dev.jangbu.sandbox.shop.Category;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Product;
import dev.jangbu.sandbox.shop.ProductState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Products and categories. */
final class Products {
    /** Won, in each shop than in the one before. */
    private static final long DEARER_BY = 1_000;

    private static final Set<String> EMBEDS = Set.of("discountprice", "variants", "options");
    private static final String[] FILTERS = {
        "product_no",
        "since_product_no",
        "created_start_date",
        "created_end_date",
        "updated_start_date",
        "updated_end_date",
        "display",
        "selling",
        "sort",
        "order"
    };

    private final MallState mall;
    private final Catalogue catalogue;

    Products(MallState mall) {
        this.mall = mall;
        catalogue = mall.mall().shop().catalogue();
    }

    Answer list(Call call) {
        Query query = Query.of(call, mall, FILTERS);
        int limit = query.number("limit", 10, 1, 100);
        int offset = query.number("offset", 0, 0, 5_000);
        Set<String> embeds = query.embeds(EMBEDS);
        Set<String> names = query.each("fields");
        List<Product> found = found(query);
        List<Product> page = query.page(found, limit, offset);
        mall.addRows(page.size());
        List<Fields> products = page.stream()
                .map(product -> json(product, call.now(), embeds, query.shopNo()))
                .map(product -> names.isEmpty() ? product : product.only(names))
                .toList();
        Fields answer = Fields.of("products", products);
        return Answer.json(
                200,
                query.first("since_product_no").isPresent()
                        ? answer
                        : answer.with("links", query.links(found.size(), limit, offset)));
    }

    Answer count(Call call) {
        return Answer.json(
                200, Fields.of("count", found(Query.of(call, mall, FILTERS)).size()));
    }

    Answer one(Call call, String number) {
        Query query = Query.of(call, mall);
        Set<String> embeds = query.embeds(EMBEDS);
        Product product = catalogue.productsAt(call.now()).stream()
                .filter(one -> String.valueOf(one.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(number));
        List<Fields> categories = product.category().path().stream()
                .map(category -> Fields.of("category_no", category)
                        .with("recommend", "F")
                        .with("new", "F"))
                .toList();
        return Answer.json(
                200,
                Fields.of(
                        "product",
                        json(product, call.now(), embeds, query.shopNo()).with("category", categories)));
    }

    Answer categories(Call call) {
        Query query = Query.of(call, mall, "category_depth", "category_no", "parent_category_no", "category_name");
        int limit = query.number("limit", 10, 1, 100);
        int offset = query.number("offset", 0, 0, 8_000);
        List<Category> found = categories(query);
        return Answer.json(
                200,
                Fields.of(
                                "categories",
                                query.page(found, limit, offset).stream()
                                        .map(category -> json(category, query.shopNo()))
                                        .toList())
                        .with("links", query.links(found.size(), limit, offset)));
    }

    Answer categoryCount(Call call) {
        Query query = Query.of(call, mall, "category_depth", "category_no", "parent_category_no", "category_name");
        return Answer.json(200, Fields.of("count", categories(query).size()));
    }

    /** All at once; there is no offset. */
    Answer ofCategory(Call call, String number) {
        Query query = Query.of(call, mall, "display_group");
        if (query.first("display_group").isEmpty()) {
            throw Problem.unprocessable("display_group is required.");
        }
        query.number("display_group", 1, 1, 3);
        if (query.first("offset").isPresent()) {
            throw Problem.unprocessable("offset: is not a parameter of this method.");
        }
        int limit = query.number("limit", 50_000, 1, 50_000);
        Category category = catalogue.allCategories().stream()
                .filter(one -> String.valueOf(one.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(number));
        List<Fields> products = catalogue.productsAt(call.now()).stream()
                .filter(product -> product.category().path().contains(category.number()))
                .limit(limit)
                .map(product -> Fields.of("shop_no", query.shopNo())
                        .with("product_no", product.number())
                        .with("sequence_no", product.number())
                        .with("auto_sort", "F")
                        .with("sold_out", flag(product.at(call.now()).isSoldOut())))
                .toList();
        return Answer.json(200, Fields.of("products", products));
    }

    private List<Product> found(Query query) {
        Instant now = query.call().now();
        Optional<String> since = query.first("since_product_no");
        if (since.isPresent()) {
            for (String excluded : List.of("product_no", "sort", "order", "offset")) {
                if (query.first(excluded).isPresent()) {
                    throw Problem.unprocessable(excluded + ": not together with since_product_no.");
                }
            }
        }
        int after = query.number("since_product_no", -1, 0, Integer.MAX_VALUE);
        Optional<Query.Span> created = query.span("created_start_date", "created_end_date");
        Optional<Query.Span> updated = query.span("updated_start_date", "updated_end_date");
        Predicate<Product> wanted = product -> product.number() > after
                && created.map(span -> span.holds(product.createdAt())).orElse(true)
                && updated.map(span -> span.holds(product.at(now).updatedAt())).orElse(true)
                && query.isAny("product_no", String.valueOf(product.number()))
                && query.isAny("display", flag(product.at(now).isDisplayed()))
                && query.isAny("selling", flag(product.at(now).isSelling()));
        return catalogue.productsAt(now).stream()
                .filter(wanted)
                .sorted(order(query, since.isPresent(), now))
                .toList();
    }

    /** Newest first, but for a scan by number. */
    private static Comparator<Product> order(Query query, boolean isScan, Instant now) {
        Comparator<Product> byNumber = Comparator.comparing(Product::number);
        if (isScan) {
            return byNumber;
        }
        String sort = query.oneOf("sort", List.of("created_date", "updated_date", "product_name"));
        Comparator<Product> order =
                switch (sort) {
                    case "updated_date" ->
                        Comparator.comparing(
                                        (Product product) -> product.at(now).updatedAt())
                                .thenComparing(byNumber);
                    case "product_name" -> Comparator.comparing(Product::name).thenComparing(byNumber);
                    default -> Comparator.comparing(Product::createdAt).thenComparing(byNumber);
                };
        return query.oneOf("order", List.of("desc", "asc")).equals("asc") ? order : order.reversed();
    }

    private List<Category> categories(Query query) {
        return catalogue.allCategories().stream()
                .filter(category -> query.isAny("category_no", String.valueOf(category.number()))
                        && query.isAny("category_depth", String.valueOf(category.depth()))
                        && query.isAny("parent_category_no", String.valueOf(category.parent()))
                        && query.isAny("category_name", named(category.name(), query.shopNo())))
                .toList();
    }

    private static Fields json(Product product, Instant now, Set<String> embeds, int shopNo) {
        ProductState state = product.at(now);
        boolean isNumber = product.number() % 97 == 0;
        long price = state.price() + DEARER_BY * (shopNo - 1L);
        Fields fields = Fields.of("shop_no", shopNo)
                .with("product_no", product.number())
                .with("product_code", product.code())
                .with("custom_product_code", product.sellerCode())
                .with("product_name", named(product.name(), shopNo))
                .with("price_excluding_tax", Won.of(price * 10 / 11, isNumber))
                .with("price", Won.of(price, isNumber))
                .with("retail_price", Won.of(product.retailPrice(), isNumber))
                .with("supply_price", Won.of(product.supplyPrice(), isNumber))
                .with("display", flag(state.isDisplayed()))
                .with("selling", flag(state.isSelling()))
                .with("product_condition", "N")
                .with("created_date", Days.seconds(product.createdAt()))
                .with("updated_date", Days.seconds(state.updatedAt()))
                .with("sold_out", flag(state.isSoldOut()))
                .with("brand_code", "B0000000")
                .with("supplier_code", "S0000000")
                .with("market_sync", "F");
        if (embeds.contains("discountprice")) {
            fields.with("discountprice", Fields.of("pc_discount_price", Won.text(price)));
        }
        if (embeds.contains("options")) {
            fields.with("options", Fields.of("has_option", "T").with("option_type", "T"));
        }
        if (embeds.contains("variants")) {
            fields.with("variants", variants(product, state, shopNo));
        }
        return fields;
    }

    private static List<Fields> variants(Product product, ProductState state, int shopNo) {
        List<Fields> variants = new ArrayList<>();
        for (int option = 0; option < product.options().size(); option++) {
            variants.add(Fields.of("shop_no", shopNo)
                    .with("variant_code", product.code() + "000" + (char) ('A' + option))
                    .with("additional_amount", Won.text(product.optionPrice(option)))
                    .with("quantity", state.stock()));
        }
        return variants;
    }

    private static Fields json(Category category, int shopNo) {
        Fields names = new Fields();
        Fields numbers = new Fields();
        for (int depth = 1; depth <= 4; depth++) {
            boolean isThere = depth <= category.depth();
            names.with(String.valueOf(depth), isThere ? named(category.names().get(depth - 1), shopNo) : null);
            numbers.with(String.valueOf(depth), isThere ? category.path().get(depth - 1) : null);
        }
        return Fields.of("shop_no", shopNo)
                .with("category_no", category.number())
                .with("category_depth", category.depth())
                .with("parent_category_no", category.parent())
                .with("category_name", named(category.name(), shopNo))
                .with("display_type", "A")
                .with("full_category_name", names)
                .with("full_category_no", numbers)
                .with("root_category_no", category.path().get(0))
                .with("use_main", "F")
                .with("use_display", "T")
                .with("display_order", category.number() - 23);
    }

    /** Each shop has names of its own, as one that speaks another language has. */
    private static String named(String name, int shopNo) {
        return shopNo == 1 ? name : "[" + shopNo + "] " + name;
    }

    private static String flag(boolean isTrue) {
        return isTrue ? "T" : "F";
    }
}
