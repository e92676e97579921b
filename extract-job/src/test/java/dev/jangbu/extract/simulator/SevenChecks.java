package dev.jangbu.extract.simulator;

import dev.jangbu.kit.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The seven checks of the event contract, as plainly as they are written there: how many of a day's lines fail each. */
final class SevenChecks {
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "page_view", List.of("page_url", "page_type"),
            "click", List.of("page_url", "element_id", "element_type"),
            "add_to_cart", List.of("product_id", "quantity", "unit_price"),
            "purchase", List.of("order_id", "total_amount", "payment_method"),
            "search", List.of("search_query", "result_count"));
    private static final List<String> ALWAYS =
            List.of("event_id", "event_type", "user_id", "session_id", "timestamp", "platform", "device_type");
    private static final Map<String, Set<String>> WORDS = Map.of(
            "event_type", REQUIRED.keySet(),
            "platform", Set.of("web", "ios", "android"),
            "device_type", Set.of("desktop", "mobile", "tablet"),
            "os", Set.of("Windows", "macOS", "Linux", "iOS", "Android"),
            "page_type", Set.of("home", "category", "product", "cart", "checkout", "order_complete", "mypage"),
            "element_type", Set.of("button", "link", "banner", "product_card", "search_result", "recommendation"),
            "payment_method", Set.of("credit_card", "bank_transfer", "kakao_pay", "naver_pay", "toss_pay"),
            "sort_type", Set.of("relevance", "price_asc", "price_desc", "latest", "popular"));
    private static final Map<String, String> PATTERNS = Map.of(
            "event_id", "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
            "user_id", "U\\d{6}",
            "session_id", "[A-Za-z0-9._:-]{1,64}",
            "product_id", "P\\d{4}",
            "category_id", "CAT\\d{3}",
            "order_id", "ORD\\d{13,}(?<=^.{4,64})");
    private static final Map<String, long[]> RANGES = Map.of(
            "quantity", new long[] {1, 99},
            "unit_price", new long[] {1, 10_000_000},
            "total_amount", new long[] {1, 100_000_000},
            "position", new long[] {0, Integer.MAX_VALUE},
            "result_count", new long[] {0, Integer.MAX_VALUE},
            "page_number", new long[] {1, Integer.MAX_VALUE});

    private final LocalDate day;
    private final Map<String, Long> failed = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, String> platforms = new LinkedHashMap<>();
    private final Map<String, List<Step>> sessions = new LinkedHashMap<>();

    private record Step(OffsetDateTime at, String type) {}

    private SevenChecks(LocalDate day) {
        this.day = day;
        for (Fault fault : Fault.values()) {
            failed.putIfAbsent(fault.check(), 0L);
        }
    }

    static Map<String, Long> failed(List<String> lines, String day) {
        SevenChecks checks = new SevenChecks(LocalDate.parse(day));
        lines.forEach(checks::line);
        checks.sessions.values().forEach(checks::funnel);
        return checks.failed;
    }

    private void line(String line) {
        JsonNode event;
        try {
            event = Json.mapper().readTree(line);
        } catch (JacksonException unreadable) {
            fail("required_fields", true);
            return;
        }
        String type = text(event, "event_type");
        List<String> required = new ArrayList<>(ALWAYS);
        required.addAll(REQUIRED.getOrDefault(type, List.of()));
        fail("required_fields", required.stream().anyMatch(field -> text(event, field)
                .isBlank()));
        fail("unique_event_id", !ids.add(text(event, "event_id")));
        fail("value_range", isOutOfRange(event));
        OffsetDateTime at = time(text(event, "timestamp"));
        fail("timestamp_valid", at == null || !at.toLocalDate().equals(day));
        fail("order_amount", type.equals("purchase") && isWrongAmount(event));
        fail("platform_device", isInconsistent(event));
        if (at != null) {
            sessions.computeIfAbsent(text(event, "session_id"), first -> new ArrayList<>())
                    .add(new Step(at, type));
        }
    }

    private static boolean isOutOfRange(JsonNode event) {
        boolean word = WORDS.entrySet().stream()
                .anyMatch(entry -> !text(event, entry.getKey()).isEmpty()
                        && !entry.getValue().contains(text(event, entry.getKey())));
        boolean pattern = PATTERNS.entrySet().stream()
                .anyMatch(entry -> !text(event, entry.getKey()).isEmpty()
                        && !text(event, entry.getKey()).matches(entry.getValue()));
        boolean range = RANGES.entrySet().stream()
                .anyMatch(entry -> event.has(entry.getKey()) && !isWithin(event.get(entry.getKey()), entry.getValue()));
        return word || pattern || range;
    }

    private static boolean isWithin(JsonNode value, long[] range) {
        return value.isIntegralNumber() && value.longValue() >= range[0] && value.longValue() <= range[1];
    }

    private static boolean isWrongAmount(JsonNode purchase) {
        JsonNode extra = purchase.get("extra_data");
        BigDecimal sum = extra.get("shipping_fee")
                .decimalValue()
                .subtract(extra.get("discount_amount").decimalValue());
        for (JsonNode product : extra.get("products")) {
            sum = sum.add(product.get("unit_price")
                    .decimalValue()
                    .multiply(product.get("quantity").decimalValue()));
        }
        return purchase.get("total_amount").decimalValue().compareTo(sum) != 0;
    }

    private boolean isInconsistent(JsonNode event) {
        String platform = text(event, "platform");
        String first = platforms.putIfAbsent(text(event, "session_id"), platform);
        boolean moved = first != null && !first.equals(platform);
        String os = Map.of("ios", "iOS", "android", "Android").getOrDefault(platform, "");
        boolean strange = !os.isEmpty()
                && (!text(event, "device_type").equals("mobile")
                        || !text(event, "os").equals(os));
        return moved || strange;
    }

    private void funnel(List<Step> steps) {
        steps.sort(Comparator.comparing(Step::at));
        boolean seen = false;
        boolean carted = false;
        boolean wrong = false;
        for (Step step : steps) {
            wrong |= (step.type().equals("purchase") && !carted) || (step.type().equals("add_to_cart") && !seen);
            seen |= step.type().equals("page_view") || step.type().equals("click");
            carted |= step.type().equals("add_to_cart");
        }
        fail("funnel_sequence", wrong);
    }

    private void fail(String check, boolean isFailed) {
        if (isFailed) {
            failed.merge(check, 1L, Long::sum);
        }
    }

    private static @Nullable OffsetDateTime time(String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static String text(JsonNode event, String field) {
        JsonNode value = event.get(field);
        return value == null || value.isNull() ? "" : value.asString();
    }
}
