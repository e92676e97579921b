package dev.jangbu.faults.fault;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A hostile line and what must become of it.
 *
 * @param kind in words
 * @param line without its break
 * @param check the first check it must fail; empty where the line is harmless and must be kept as it is
 * @param id of its event, where it has one that can be looked for
 * @param text of its search, where the line is kept: what the table must hold
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Poison(String kind, byte[] line, String check, String id, String text) {
    private static final String REQUIRED = "required_fields";
    private static final String RANGE = "value_range";
    private static final String TIME = "timestamp_valid";
    private static final String ORDER = "order_amount";

    boolean isKept() {
        return check.isEmpty();
    }

    /** All kinds, for a business date. */
    static List<Poison> all(String ds, int longLine) {
        List<Poison> all = new ArrayList<>();
        unreadable(all, longLine);
        new Records(ds, all).add();
        return List.copyOf(all);
    }

    private static void unreadable(List<Poison> all, int longLine) {
        add(all, "NUL byte", bytes("{\"a\":\"", 0, "\"}"));
        add(all, "only NULs", bytes(0, 0, 0));
        add(all, "invalid UTF-8", bytes("{\"a\":\"", 0xff, "\"}"));
        add(all, "overlong UTF-8", bytes("{\"a\":\"", 0xc0, 0xaf, "\"}"));
        add(all, "surrogate in UTF-8", bytes("{\"a\":\"", 0xed, 0xa0, 0x80, "\"}"));
        add(all, "CP949 text", bytes("{\"a\":\"", 0xb0, 0xa1, "\"}"));
        add(all, "UTF-16", bytes(0xff, 0xfe, '{', 0, '}', 0));
        add(all, "byte order mark within", "\ufeff{}");
        add(all, "two objects", "{}{}");
        add(all, "objects parted by a carriage return", "{}\r{}");
        add(all, "an array", "[1]");
        add(all, "a number", "7");
        add(all, "a text", "\"x\"");
        add(all, "null", "null");
        add(all, "NaN", "{\"total_amount\":NaN}");
        add(all, "Infinity", "{\"a\":-Infinity}");
        add(all, "half a line", "{\"event_id\":\"x");
        add(all, "end of COPY", "\\.");
        add(all, "COPY's NULL", "\\N");
        add(all, "CSV in place of JSON", "a,\"b\",,\t'c'");
        add(all, "a key twice", "{\"a\":1,\"a\":2}");
        add(all, "a known key twice", "{\"platform\":\"web\",\"platform\":\"ios\"}");
        add(all, "100,000 levels", "{\"a\":" + "[".repeat(100_000));
        add(all, "65 levels", "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}");
        add(all, "a number of 1,001 digits", "{\"a\":" + "9".repeat(1_001) + "}");
        add(all, "a key of 60,000 characters", "{\"" + "k".repeat(60_000) + "\":1}");
        add(all, "a long line", "{\"a\":\"" + "x".repeat(longLine) + "\"}");
        add(all, "no field", "{}");
        add(all, "__proto__ alone", "{\"__proto__\":{\"platform\":\"web\"}}");
        add(all, "an HTML error page", "<html><body>502 Bad Gateway</body></html>");
        add(all, "a forged log line", "2026-01-15T00:00:00Z ERROR job=load-job state=done");
        add(all, "ANSI escapes", "\u001b[2J\u001b[31mdone\u001b[0m");
    }

    private static void add(List<Poison> all, String kind, String line) {
        add(all, kind, line.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(List<Poison> all, String kind, byte[] line) {
        all.add(new Poison(kind, line, REQUIRED, "", ""));
    }

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof String text) {
                line.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            } else {
                line.write(part instanceof Character character ? character : (Integer) part);
            }
        }
        return line.toByteArray();
    }

    /** Readable records with something wrong, or something that only looks dangerous. */
    private static final class Records {
        private final String ds;
        private final List<Poison> all;

        private Records(String ds, List<Poison> all) {
            this.ds = ds;
            this.all = all;
        }

        private void add() {
            fields();
            numbers();
            times();
            orders();
            harmless();
        }

        private void fields() {
            bad("user_id absent", REQUIRED, view().replace("\"user_id\":\"U1\",", ""));
            bad("user_id blank", REQUIRED, view().replace("\"U1\"", "\"  \""));
            bad("session_id null", REQUIRED, view().replace("\"S1\"", "null"));
            bad("U+0000 in a text", RANGE, view().replace("\"/\"", "\"a\\u0000b\""));
            bad("U+0000 in an unknown field", RANGE, view().replace("\"home\"", "\"home\",\"x\":\"\\u0000\""));
            bad("half a surrogate pair", RANGE, view().replace("\"/\"", "\"\\ud800\""));
            bad("an id of 500 kB", RANGE, view().replace("\"U1\"", "\"" + "u".repeat(500_000) + "\""));
            bad("event_id no UUID", RANGE, view().replace(id(), "1' OR '1'='1' --                    "));
            bad("a path in an id", RANGE, view().replace("\"U1\"", "\"../../etc/passwd\""));
            bad("SQL in an id", RANGE, view().replace("\"S1\"", "\"'; DROP TABLE raw.raw_events; --\""));
            bad("a lookup in an id", RANGE, view().replace("\"S1\"", "\"${jndi:ldap://x/a}\""));
            bad("decomposed Hangul in an id", RANGE, view().replace("\"U1\"", "\"\u1112\u1161\u11ab\""));
            bad("unknown platform", RANGE, view().replace("\"web\"", "\"fridge\""));
            bad("number for text", RANGE, view().replace("\"/\"", "7"));
            bad("page_url of 3,000 characters", RANGE, view().replace("\"/\"", "\"" + "p".repeat(3_000) + "\""));
            bad("search of 201 characters", RANGE, search("q".repeat(201)));
            bad("no search", REQUIRED, search(""));
        }

        private void numbers() {
            bad("1e400", RANGE, cart("1", "1e400"));
            bad("1e200000", RANGE, cart("1", "1e200000"));
            bad("price 0", RANGE, cart("1", "0"));
            bad("price -0", RANGE, cart("1", "-0"));
            bad("price 1.005", RANGE, cart("1", "1.005"));
            bad("price as 1,000원", RANGE, cart("1", "\"1,000원\""));
            bad("quantity 2^63", RANGE, cart("9223372036854775808", "1"));
            bad("quantity 1.5", RANGE, cart("1.5", "1"));
            bad("quantity true", RANGE, cart("true", "1"));
        }

        private void times() {
            bad("infinity", TIME, at("infinity"));
            bad("year 0", TIME, at("0000-01-01T00:00:00Z"));
            bad("year 294277", TIME, at("294277-01-01T00:00:00Z"));
            bad("30 February", TIME, at("2026-02-30T10:00:00"));
            bad("24:00:00", TIME, at(ds + "T24:00:00"));
            bad("a leap second", TIME, at(ds + "T23:59:60"));
            bad("1970", TIME, at("1970-01-01T00:00:00Z"));
            bad("2099", TIME, at("2099-01-01T00:00:00Z"));
            bad("a time of another day", TIME, at("2026-01-14T10:00:00"));
            bad("UTC evening, next day in Seoul", TIME, at(ds + "T15:00:00Z"));
        }

        private void orders() {
            bad("an order that does not add up", ORDER, purchase("12"));
            bad(
                    "products no array",
                    RANGE,
                    purchase("10").replace("[{", "{\"a\":{").replace("}]", "}}"));
        }

        private void harmless() {
            keep("a formula", "=cmd|' /C calc'!A0");
            keep("more formulas", "+1+1 -1 @SUM(A1)");
            keep("script", "</script><img src=x onerror=alert(1)>");
            keep("SQL", "'; DROP TABLE mart.mart_orders; --");
            keep("templates", "{{ ds }} ${jndi:ldap://x/a} %s $(touch x) `id`");
            keep("Slack's own words", "<!channel> @here <http://x|click>");
            keep("right to left override", "abc\u202edcba");
            keep("zero width", "a\u200bb\u2060c");
            keep("Hangul decomposed", "\u1112\u1161\u11ab\u1100\u1173\u11af");
            keep("emoji", "\ud83d\uded2\ud83c\uddf0\ud83c\uddf7");
            keep("COPY's own characters", "a\tb\\N\"c\",'d'\\.");
            keep("a line \\. within", "x\n\\.\ny");
            keep("carriage return and line break", "a\r\nb");
            keep("a card number", "4111 1111 1111 1111");
        }

        private void bad(String kind, String check, String line) {
            all.add(new Poison(kind, line.getBytes(StandardCharsets.UTF_8), check, "", ""));
        }

        private void keep(String kind, String text) {
            String id = id();
            byte[] line = search(escaped(text)).getBytes(StandardCharsets.UTF_8);
            all.add(new Poison(kind, line, "", id, text));
        }

        private static String escaped(String text) {
            return text.replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("\n", "\\n")
                    .replace("\r", "\\r")
                    .replace("\t", "\\t");
        }

        /** Of the next line to be added. */
        private String id() {
            return "00000000-0000-4000-8000-%012x".formatted(all.size());
        }

        private String view() {
            return record("page_view", "\"page_url\":\"/\",\"page_type\":\"home\"");
        }

        private String search(String query) {
            return record("search", "\"search_query\":\"" + query + "\",\"result_count\":0");
        }

        private String cart(String quantity, String price) {
            return record("add_to_cart", "\"product_id\":\"P1\",\"quantity\":" + quantity + ",\"unit_price\":" + price);
        }

        private String purchase(String total) {
            return record(
                    "purchase",
                    "\"order_id\":\"O1\",\"total_amount\":" + total + ",\"payment_method\":\"toss_pay\","
                            + "\"extra_data\":{\"products\":[{\"product_id\":\"P1\",\"quantity\":2,\"unit_price\":5}]}");
        }

        private String at(String time) {
            return view().replace(ds + "T10:00:00+09:00", time);
        }

        private String record(String type, String own) {
            return "{\"event_id\":\"" + id() + "\",\"event_type\":\"" + type + "\",\"user_id\":\"U1\","
                    + "\"session_id\":\"S1\",\"timestamp\":\"" + ds + "T10:00:00+09:00\",\"platform\":\"web\","
                    + "\"device_type\":\"desktop\"," + own + "}";
        }
    }
}
