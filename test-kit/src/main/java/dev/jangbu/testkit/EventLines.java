package dev.jangbu.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Lines of events for tests, the same for the same seed: good ones, ones with something wrong, hostile ones. */
public final class EventLines {
    /** The day of all good events. */
    public static final String DAY = "2026-01-15";

    private static final List<String> TYPES = List.of("page_view", "click", "add_to_cart", "purchase", "search");
    private static final List<String> ODD_VALUES = List.of(
            "null",
            "\"\"",
            "\" \"",
            "\"\\u3000\"",
            "0",
            "-1",
            "1",
            "1.0",
            "1e0",
            "1.5",
            "0.005",
            "99",
            "100",
            "1e400",
            "-0",
            "1e200000",
            "2147483647",
            "2147483648",
            "9007199254740993",
            "10000000.01",
            "0.1e1",
            "12.340",
            "100000000",
            "true",
            "false",
            "[]",
            "{}",
            "[1,2]",
            "{\"a\":1}",
            "\"1\"",
            "\"web\"",
            "\"WEB\"",
            "\"mobile\"",
            "\"iOS\"",
            "\"a,b\"",
            "\"a\\\"b\"",
            "\"line\\nbreak\"",
            "\"한글 검색어\"",
            "\"\\ud55c\\uae00\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"😀\"",
            "\"é\"",
            "\"=cmd|' /C calc'!A0\"",
            "\"\\\\.\"",
            "\"a b\"",
            "\"tab\\there\"",
            "\"{}\"",
            "\"{\\\"products\\\":[]}\"",
            "\"\u202e\"",
            "\"" + "x".repeat(200) + "\"",
            "\"" + "x".repeat(201) + "\"",
            "\"" + "가".repeat(200) + "\"",
            "\"" + "y".repeat(1025) + "\"",
            "\"" + "z".repeat(2049) + "\"",
            "\"" + "A".repeat(64) + "\"",
            "\"" + "A".repeat(65) + "\"");
    private static final List<String> TIMES = List.of(
            "2026-01-15T00:00:00",
            "2026-01-15T23:59:59.999999999",
            "2026-01-15 12:30",
            "2026-01-15T12:30:00.1Z",
            "2026-01-14T15:00:00Z",
            "2026-01-14T14:59:59.999999Z",
            "2026-01-15T15:00:00Z",
            "2026-01-16T00:00:00",
            "2026-01-15T24:00:00",
            "2026-01-15T23:59:60",
            "2026-02-30T00:00:00",
            "0000-01-01T00:00:00",
            "2019-12-31T23:59:59",
            "2031-01-01T00:00:00",
            "2026-01-15T03:00:00-12:00",
            "2026-01-15T23:00:00+14:00",
            "2026-01-15T10:00:00+18:00",
            "2026-01-15T10:00:00+18:01",
            "2026-01-15T10:00:00+0900",
            "infinity",
            "2026-1-15T10:00:00",
            "1768435200000",
            "2026-01-15T10:00:00.",
            "2026-01-15T10:00:00.1234567890",
            "2026-01-15t10:00:00",
            "2026-01-15T10:00:00z",
            "2026-01-15T10",
            "2026-01-15",
            "2026-01-15T10:00:00-00:00",
            "2026-01-15T1０:00:00",
            "2026-01-15T10:60:00",
            "2026-13-15T10:00:00",
            "2026-01-15T10:00:00 ");

    private final Random random;
    private final List<String> ids = new ArrayList<>();

    public EventLines(long seed) {
        this.random = new Random(seed);
    }

    /** A whole file: mostly good lines, {@code oddShare} in a hundred of them odd or hostile. */
    public byte[] file(int lines, int oddShare) {
        java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
        for (int line = 0; line < lines; line++) {
            boolean isOdd = random.nextInt(100) < oddShare;
            byte[] bytes = isOdd ? odd() : good().getBytes(StandardCharsets.UTF_8);
            file.writeBytes(bytes);
            if (line + 1 < lines || random.nextBoolean()) {
                file.writeBytes((random.nextInt(10) == 0 ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        return file.toByteArray();
    }

    /** An event that passes every check it can pass by itself. */
    public String good() {
        return write(event());
    }

    /** An event with one or two of its values replaced, removed or repeated. */
    public String odd(Map<String, String> event) {
        for (int change = random.nextInt(2); change >= 0; change--) {
            List<String> names = new ArrayList<>(event.keySet());
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> event.remove(name);
                case 1 -> event.put(name, pick(ODD_VALUES));
                case 2 -> event.put("timestamp", quote(pick(TIMES)));
                default -> event.put(pick(names), pick(ODD_VALUES));
            }
            if (event.isEmpty()) {
                break;
            }
        }
        return write(event);
    }

    /** The fields of a good event, as JSON. */
    public Map<String, String> event() {
        String type = pick(TYPES);
        int user = random.nextInt(20);
        String platform = List.of("web", "ios", "android").get(user % 3);
        Map<String, String> event = new LinkedHashMap<>();
        event.put("event_id", quote(id()));
        event.put("event_type", quote(type));
        event.put("user_id", quote("U" + user));
        event.put("session_id", quote("S-" + user + "-" + random.nextInt(3)));
        event.put("timestamp", quote(time()));
        event.put("platform", quote(platform));
        event.put("device_type", platform.equals("web") ? quote(pick(List.of("desktop", "tablet"))) : quote("mobile"));
        optional(event, "os", quote(platform.equals("web") ? "macOS" : platform.equals("ios") ? "iOS" : "Android"));
        optional(event, "browser", quote(pick(List.of("Chrome", "Samsung, Internet", "", "크롬"))));
        optional(event, "referrer", quote("https://example.com/?q=a,b"));
        addFields(event, type);
        if (random.nextInt(20) == 0) {
            event.put("experiment", pick(List.of("\"B\"", "7", "{\"x\":[1.50,null]}", "null", "\"a,\\\"b\"")));
        }
        return event;
    }

    private void addFields(Map<String, String> event, String type) {
        String product = quote("P000" + random.nextInt(10));
        switch (type) {
            case "page_view" -> {
                event.put("page_url", quote("https://shop.example/p?x=" + random.nextInt(5)));
                event.put("page_type", quote(pick(List.of("home", "order_complete", "product"))));
                optional(event, "product_id", product);
            }
            case "click" -> {
                event.put("page_url", quote("/한글/경로,1"));
                event.put("element_id", quote("btn.buy:1"));
                event.put("element_type", quote("recommendation"));
                optional(event, "position", "" + random.nextInt(1000));
            }
            case "add_to_cart" -> {
                event.put("product_id", product);
                event.put("quantity", "" + (1 + random.nextInt(99)));
                event.put("unit_price", pick(List.of("1", "10000000", "35.7", "35.70", "0.99e1", "1000.00")));
                optional(event, "is_recommendation", "" + random.nextBoolean());
                optional(event, "source_page", quote("home"));
            }
            case "purchase" -> addOrder(event, product);
            default -> {
                event.put("search_query", quote(pick(List.of("여름 원피스", "a,b", "shoes", " 앞 공백"))));
                event.put("result_count", "" + random.nextInt(3));
                optional(event, "sort_type", quote("price_desc"));
                optional(event, "page_number", "1");
            }
        }
    }

    private void addOrder(Map<String, String> event, String product) {
        int quantity = 1 + random.nextInt(3);
        int price = 1000 * (1 + random.nextInt(9));
        String extra = "{\"products\":[{\"product_id\":" + product + ",\"quantity\":" + quantity + ",\"unit_price\":"
                + price + ".5}],\"discount_amount\":" + pick(List.of("500", "500.00", "5e2"))
                + ",\"shipping_fee\":3000,"
                + "\"coupon_code\":" + pick(List.of("null", "\"C,10\"", "\"\""))
                + (random.nextBoolean() ? "" : ",\"gift\":true")
                + "}";
        event.put("order_id", quote("ORD" + random.nextInt(1000)));
        event.put("total_amount", "" + (quantity * price + quantity / 2.0 + 2500));
        event.put("payment_method", quote("toss_pay"));
        switch (random.nextInt(4)) {
            case 0 -> event.put("extra_data", quote(extra.replace("\"", "\\\"")));
            case 1 -> event.put("extra_data", "null");
            default -> event.put("extra_data", extra);
        }
    }

    /** A line with something wrong, now and then not even a record. */
    private byte[] odd() {
        if (random.nextInt(4) > 0) {
            return odd(event()).getBytes(StandardCharsets.UTF_8);
        }
        return HostileLines.ALL.get(random.nextInt(HostileLines.ALL.size())).line();
    }

    /** Now and then an id that was there before, whatever its case. */
    private String id() {
        if (!ids.isEmpty() && random.nextInt(40) == 0) {
            return pick(ids).toUpperCase(java.util.Locale.ROOT);
        }
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        ids.add(id);
        return id;
    }

    private String time() {
        return String.format(
                "%sT%02d:%02d:%02d%s",
                DAY,
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60),
                pick(List.of("", "+09:00", ".5", ".123456789+09:00")));
    }

    private void optional(Map<String, String> event, String name, String value) {
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> event.put(name, "null");
            default -> event.put(name, value);
        }
    }

    private String write(Map<String, String> event) {
        List<Map.Entry<String, String>> entries = new ArrayList<>(event.entrySet());
        if (random.nextInt(3) == 0) {
            java.util.Collections.shuffle(entries, random);
        }
        String colon = random.nextInt(5) == 0 ? ": " : ":";
        String comma = random.nextInt(5) == 0 ? ", " : ",";
        StringBuilder line = new StringBuilder("{");
        for (Map.Entry<String, String> entry : entries) {
            line.append(line.length() == 1 ? "" : comma)
                    .append(quote(entry.getKey()))
                    .append(colon)
                    .append(entry.getValue());
        }
        return line.append(random.nextInt(10) == 0 ? " }" : "}").toString();
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static String quote(String text) {
        return "\"" + text + "\"";
    }
}
