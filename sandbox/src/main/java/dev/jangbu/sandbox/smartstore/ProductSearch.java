package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Json;
import dev.jangbu.sandbox.shop.Category;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Product;
import dev.jangbu.sandbox.shop.ProductState;
import dev.jangbu.sandbox.shop.Shop;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/products/search}. Searches by keyword and period are refused: nothing here needs them. */
final class ProductSearch {
    private static final int MOST = 500;
    private static final Set<String> KNOWN = Set.of("productStatusTypes", "page", "size", "orderType");
    private static final Set<String> STATUSES =
            Set.of("WAIT", "SALE", "OUTOFSTOCK", "UNADMISSION", "REJECTION", "SUSPENSION", "CLOSE", "PROHIBITION");

    private final Shop shop;

    ProductSearch(Shop shop) {
        this.shop = shop;
    }

    Answer answer(Call call) {
        JsonNode body =
                Json.read(call.body(), Problem.invalid(call, "body", "no JSON").answer());
        for (String name : body.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw Problem.invalid(call, name, "not played by this sandbox");
            }
        }
        int size = number(call, body, "size", 50, MOST);
        int page = number(call, body, "page", 1, Integer.MAX_VALUE);
        Set<String> statuses = statuses(call, body);
        List<Product> found = shop.catalogue().productsAt(call.now()).stream()
                .filter(product -> statuses.isEmpty() || statuses.contains(status(product.at(call.now()))))
                .sorted(Comparator.comparing(Product::number).reversed())
                .toList();
        int pages = (found.size() + size - 1) / size;
        int start = (int) Math.min((long) (page - 1) * size, found.size());
        List<Fields> contents = found.subList(start, Math.min(start + size, found.size())).stream()
                .map(product -> json(product, call.now()))
                .toList();
        return Answer.json(
                200,
                Fields.of("contents", contents)
                        .with("page", page)
                        .with("size", size)
                        .with("totalElements", found.size())
                        .with("totalPages", pages)
                        .with("first", page == 1)
                        .with("last", page >= pages));
    }

    private static Set<String> statuses(Call call, JsonNode body) {
        Set<String> statuses = new HashSet<>();
        if (body.get("productStatusTypes") != null) {
            body.get("productStatusTypes").forEach(status -> statuses.add(status.asString()));
        }
        if (!STATUSES.containsAll(statuses)) {
            throw Problem.invalid(call, "productStatusTypes", "unknown");
        }
        return statuses;
    }

    private static int number(Call call, JsonNode body, String name, int otherwise, int most) {
        JsonNode value = body.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > most) {
            throw Problem.invalid(call, name, "1 to " + most);
        }
        return value.asInt();
    }

    private static String status(ProductState state) {
        if (!state.isSelling()) {
            return "SUSPENSION";
        }
        return state.isSoldOut() ? "OUTOFSTOCK" : "SALE";
    }

    private static Fields json(Product product, Instant now) {
        ProductState state = product.at(now);
        Category category = product.category();
        String ids = category.path().stream()
                .map(number -> String.valueOf(50_000_000 + number))
                .collect(Collectors.joining(">"));
        Fields channelProduct = Fields.of("originProductNo", 80_000 + product.number())
                .with("channelProductNo", 90_000 + product.number())
                .with("channelServiceType", "STOREFARM")
                .with("categoryId", String.valueOf(50_000_000 + category.number()))
                .with("wholeCategoryId", ids)
                .with("wholeCategoryName", String.join(">", category.names()))
                .with("name", product.name())
                .with("sellerManagementCode", product.sellerCode())
                .with("statusType", status(state))
                .with("channelProductDisplayStatusType", state.isDisplayed() ? "ON" : "SUSPENSION")
                .with("salePrice", state.price())
                .with("discountedPrice", state.price())
                .with("mobileDiscountedPrice", state.price())
                .with("stockQuantity", state.stock())
                .with("deliveryFee", 3_000)
                .with("returnFee", 3_000)
                .with("exchangeFee", 6_000)
                .with("regDate", Days.millis(product.createdAt()))
                .with("modifiedDate", Days.millis(state.updatedAt()));
        return Fields.of("originProductNo", 80_000 + product.number()).with("channelProducts", List.of(channelProduct));
    }
}
