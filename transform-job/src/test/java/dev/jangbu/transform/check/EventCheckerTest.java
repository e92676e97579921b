package dev.jangbu.transform.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.testkit.HostileLines;
import dev.jangbu.transform.contract.ContractReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check of a single record with its smallest passing and failing cases, and the exact reasons. */
class EventCheckerTest {
    static final List<HostileLines.Hostile> HOSTILE = HostileLines.ALL;

    private static final String VIEW = "{'event_id':'00000000-0000-4000-8000-000000000001','event_type':'page_view',"
            + "'user_id':'U1','session_id':'S1','timestamp':'2026-01-15T10:00:00','platform':'web',"
            + "'device_type':'desktop','page_url':'/','page_type':'home'}";
    private static final String CLICK = VIEW.replace("'page_view'", "'click'")
            .replace("'page_type':'home'", "'element_id':'b1','element_type':'button'");
    private static final String CART = VIEW.replace("'page_view'", "'add_to_cart'")
            .replace("'page_url':'/','page_type':'home'", "'product_id':'P1','quantity':1,'unit_price':1");
    private static final String SEARCH = VIEW.replace("'page_view'", "'search'")
            .replace("'page_url':'/','page_type':'home'", "'search_query':'a','result_count':0");
    private static final String ORDER = VIEW.replace("'page_view'", "'purchase'")
            .replace(
                    "'page_url':'/','page_type':'home'",
                    "'order_id':'O1','total_amount':10,'payment_method':'toss_pay'");
    private static final String PRODUCT = "'extra_data':{'products':[{'product_id':'P1','quantity':2,'unit_price':5}]}";
    private static final String PAID = ORDER.replace("'toss_pay'", "'toss_pay'," + PRODUCT);

    private final EventChecker checker = new EventChecker(
            ContractReader.read("test", "default"), BusinessCalendar.seoul(), LocalDate.of(2026, 1, 15));

    static Stream<Arguments> passing() {
        return Stream.of(
                arguments("page_view", VIEW),
                arguments("click", CLICK),
                arguments("add_to_cart", CART),
                arguments("search", SEARCH),
                arguments("purchase", ORDER),
                arguments("purchase with products", PAID),
                arguments(
                        "extra_data as text",
                        PAID.replace(
                                PRODUCT,
                                "'extra_data':'{\\'products\\':[{\\'product_id\\':\\'P1\\',\\'quantity\\':2,\\'unit_price\\':5}]}'")),
                arguments("within one won", PAID.replace("'total_amount':10", "'total_amount':11")),
                arguments("null is absence", VIEW.replace("'page_type'", "'os':null,'position':null,'page_type'")),
                arguments("unknown field", VIEW.replace("'page_type'", "'brand_new':{'a':[1]},'page_type'")),
                arguments("upper case id", VIEW.replace("4000-8000-000000000001", "4ABC-8DEF-000000000001")),
                arguments("whole number as 1.0", CART.replace("'quantity':1", "'quantity':1.0")),
                arguments("two decimals", CART.replace("'unit_price':1", "'unit_price':35.70")),
                arguments("first instant", VIEW.replace("10:00:00", "00:00:00")),
                arguments("last instant", VIEW.replace("10:00:00", "23:59:59.999999999")),
                arguments("other offset", VIEW.replace("2026-01-15T10:00:00", "2026-01-14T15:00Z")),
                arguments("blank for T", VIEW.replace("15T10", "15 10")),
                arguments("ios on a phone", VIEW.replace("'web'", "'ios'").replace("'desktop'", "'mobile','os':'iOS'")),
                arguments("hangul in both forms", SEARCH.replace("'a'", "'\uac00\u1100\u1161'")),
                arguments("emoji counts one", SEARCH.replace("'a'", "'" + "😀".repeat(200) + "'")),
                arguments(
                        "inert text",
                        SEARCH.replace("'a'", "'=cmd|x !A0 ; DROP TABLE %s ${jndi:x} {{ x }} $(x) \u202e'")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void passes(String name, String line) {
        CheckedLine checked = check(line);
        assertThat(checked.failures()).isEmpty();
        assertThat(checked.row()).isNotNull();
    }

    static Stream<Arguments> failing() {
        return Stream.of(
                arguments(
                        "absent",
                        VIEW.replace("'user_id':'U1',", ""),
                        "REQUIRED_FIELDS user_id: absent (expected: a value in every page_view)"),
                arguments(
                        "null",
                        CART.replace("'quantity':1", "'quantity':null"),
                        "REQUIRED_FIELDS quantity: null (expected: a value in every add_to_cart)"),
                arguments(
                        "blank",
                        SEARCH.replace("'a'", "' \u3000'"),
                        "REQUIRED_FIELDS search_query: blank (expected: a value in every search)"),
                arguments(
                        "two absent count once",
                        ORDER.replace("'order_id':'O1','total_amount':10,", ""),
                        "REQUIRED_FIELDS order_id: absent (expected: a value in every purchase); total_amount: absent"
                                + " (expected: a value in every purchase)"),
                arguments(
                        "no type",
                        VIEW.replace("'event_type':'page_view',", ""),
                        "REQUIRED_FIELDS event_type: absent (expected: a value in every event)"),
                arguments(
                        "unknown type",
                        VIEW.replace("page_view", "swipe"),
                        "VALUE_RANGE event_type: swipe (expected: page_view|click|add_to_cart|purchase|search)"),
                arguments(
                        "no uuid",
                        VIEW.replace("'00000000-", "'x-"),
                        "VALUE_RANGE event_id: x-***00001 (expected: a UUID of 36 characters)"),
                arguments(
                        "user never shown",
                        VIEW.replace("'U1'", "'a b'"),
                        "VALUE_RANGE user_id: (not shown) (expected: 1..64 of A-Z a-z 0-9 . _ : -)"),
                arguments(
                        "number as text",
                        CART.replace("'quantity':1", "'quantity':'1'"),
                        "VALUE_RANGE quantity: text (expected: a number)"),
                arguments(
                        "quantity 0",
                        CART.replace("'quantity':1", "'quantity':0"),
                        "VALUE_RANGE quantity: 0 (expected: 1..99)"),
                arguments(
                        "half a piece",
                        CART.replace("'quantity':1", "'quantity':1.5"),
                        "VALUE_RANGE quantity: 1.5 (expected: a whole number)"),
                arguments(
                        "three decimals",
                        CART.replace("'unit_price':1", "'unit_price':1.005"),
                        "VALUE_RANGE unit_price: 1.005 (expected: at most 2 decimals)"),
                arguments(
                        "1e400",
                        CART.replace("'unit_price':1", "'unit_price':1e400"),
                        "VALUE_RANGE unit_price: 1E+400 (expected: 1..10000000)"),
                arguments(
                        "2^63",
                        SEARCH.replace("'result_count':0", "'result_count':9223372036854775808"),
                        "VALUE_RANGE result_count: 9223372036854775808 (expected: 0..2147483647)"),
                arguments(
                        "unknown field beyond numeric",
                        VIEW.replace("'page_type'", "'n':1e200000,'page_type'"),
                        "VALUE_RANGE n: holds a number beyond PostgreSQL's numeric (expected: what PostgreSQL can hold)"),
                arguments(
                        "U+0000",
                        SEARCH.replace("'a'", "'a\\u0000'"),
                        "VALUE_RANGE search_query: holds U+0000 (expected: what PostgreSQL can hold)"),
                arguments(
                        "lone surrogate deep inside",
                        VIEW.replace("'page_type'", "'x':[{'y':'\\ud800'}],'page_type'"),
                        "VALUE_RANGE x: holds half a surrogate pair (expected: what PostgreSQL can hold)"),
                arguments(
                        "long query",
                        SEARCH.replace("'a'", "'" + "가".repeat(201) + "'"),
                        "VALUE_RANGE search_query: 201 characters (expected: 1..200 characters)"),
                arguments(
                        "long url",
                        VIEW.replace("'/'", "'" + "u".repeat(2049) + "'"),
                        "VALUE_RANGE page_url: 2049 characters (expected: 0..2048 characters)"),
                arguments(
                        "personal number masked",
                        VIEW.replace("'desktop'", "'900101-1234567'"),
                        "VALUE_RANGE device_type: *** (expected: desktop|mobile|tablet)"),
                arguments(
                        "log forging",
                        VIEW.replace("'home'", "'x\\n2026 ERROR \\u001b[31m'"),
                        "VALUE_RANGE page_type: x\\u000a2026 ERROR \\u001b[31m"
                                + " (expected: home|category|product|cart|checkout|order_complete|mypage)"),
                arguments(
                        "no time",
                        VIEW.replace("2026-01-15T10:00:00", "infinity"),
                        "TIMESTAMP_VALID timestamp: infinity (expected: YYYY-MM-DDThh:mm:ss, with Z or ±hh:mm or in Asia/Seoul)"),
                arguments(
                        "February 30",
                        VIEW.replace("2026-01-15T", "2026-02-30T"),
                        "TIMESTAMP_VALID timestamp: 2026-02-30T10:00:00 (expected: YYYY-MM-DDThh:mm:ss, with Z or ±hh:mm or in Asia/Seoul)"),
                arguments(
                        "24:00",
                        VIEW.replace("T10:00:00", "T24:00:00"),
                        "TIMESTAMP_VALID timestamp: 2026-01-15T24:00:00 (expected: YYYY-MM-DDThh:mm:ss, with Z or ±hh:mm or in Asia/Seoul)"),
                arguments(
                        "leap second",
                        VIEW.replace("T10:00:00", "T23:59:60"),
                        "TIMESTAMP_VALID timestamp: 2026-01-15T23:59:60 (expected: YYYY-MM-DDThh:mm:ss, with Z or ±hh:mm or in Asia/Seoul)"),
                arguments(
                        "year",
                        VIEW.replace("2026-01-15T", "2019-01-15T"),
                        "TIMESTAMP_VALID timestamp: 2019-01-15T10:00:00 (expected: a year in 2020..2030)"),
                arguments(
                        "next day",
                        VIEW.replace("2026-01-15T10:00:00", "2026-01-16T00:00:00"),
                        "TIMESTAMP_VALID timestamp: 2026-01-16T00:00:00 outside business date (expected: 2026-01-15 in Asia/Seoul)"),
                arguments(
                        "wrong total",
                        PAID.replace("'total_amount':10", "'total_amount':11.01"),
                        "ORDER_AMOUNT total_amount: 11.01 (expected: 10, the products less discount with shipping)"),
                arguments(
                        "unreadable extra_data",
                        PAID.replace(PRODUCT, "'extra_data':'{'"),
                        "ORDER_AMOUNT extra_data: not JSON at character 2 (expected: one JSON object)"),
                arguments(
                        "no price",
                        PAID.replace(",'unit_price':5", ""),
                        "ORDER_AMOUNT extra_data.products[0]: without unit_price (expected: both, as numbers)"),
                arguments(
                        "ios on a tablet",
                        VIEW.replace("'web'", "'ios'").replace("'desktop'", "'tablet'"),
                        "PLATFORM_DEVICE device_type: tablet (expected: mobile on ios)"),
                arguments(
                        "android on macOS",
                        VIEW.replace("'web'", "'android'").replace("'desktop'", "'mobile','os':'macOS'"),
                        "PLATFORM_DEVICE os: macOS (expected: Android on android)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failing")
    void fails(String name, String line, String failure) {
        assertThat(check(line).failures())
                .extracting(found -> found.check() + " " + found.reason())
                .containsExactly(failure);
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void hostileLineIsRefusedWithItsReason(HostileLines.Hostile hostile) {
        CheckedLine checked = checker.check(hostile.line(), 0, hostile.line().length);
        assertThat(checked.readable()).isFalse();
        assertThat(checked.failures()).extracting(Failure::reason).containsExactly(hostile.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999"})
    void numberOfAnyMagnitudeIsRefusedAtOnce(String number) {
        assertThat(check(PAID.replace("'total_amount':10", "'total_amount':" + number))
                        .failures())
                .extracting(Failure::check)
                .contains(dev.jangbu.transform.contract.Check.VALUE_RANGE);
    }

    @Test
    void eachCheckIsCountedOnceAndAllAreTold() {
        CheckedLine checked = check(PAID.replace("'U1'", "''")
                .replace("'S1'", "' '")
                .replace("'order_id':'O1'", "'order_id':'?'")
                .replace("10:00:00", "25:00:00")
                .replace("'total_amount':10", "'total_amount':100"));
        assertThat(checked.failures())
                .extracting(failure -> failure.check().id())
                .containsExactly("required_fields", "value_range", "timestamp_valid", "order_amount");
        assertThat(checked.row()).isNull();
    }

    private CheckedLine check(String line) {
        byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return checker.check(bytes, 0, bytes.length);
    }
}
