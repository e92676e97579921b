package dev.jangbu.transform.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields the contract knows, in the order of their columns in {@code raw.raw_events}. */
public enum Field {
    EVENT_ID(FieldKind.UUID),
    EVENT_TYPE("page_view", "click", "add_to_cart", "purchase", "search"),
    USER_ID(FieldKind.ID),
    SESSION_ID(FieldKind.ID),
    TIMESTAMP(FieldKind.TIME),
    PLATFORM("web", "ios", "android"),
    DEVICE_TYPE("desktop", "mobile", "tablet"),
    OS("Windows", "macOS", "Linux", "iOS", "Android"),
    BROWSER(0, 1024),
    PAGE_URL(0, 2048),
    REFERRER(0, 2048),
    PAGE_TYPE("home", "category", "product", "cart", "checkout", "order_complete", "mypage"),
    PRODUCT_ID(FieldKind.ID),
    CATEGORY_ID(FieldKind.ID),
    ELEMENT_ID(FieldKind.ID),
    ELEMENT_TYPE("button", "link", "banner", "product_card", "search_result", "recommendation"),
    POSITION(FieldKind.INTEGER),
    QUANTITY(FieldKind.INTEGER),
    UNIT_PRICE(FieldKind.AMOUNT),
    SOURCE_PAGE(0, 1024),
    IS_RECOMMENDATION(FieldKind.BOOLEAN),
    ORDER_ID(FieldKind.ID),
    TOTAL_AMOUNT(FieldKind.AMOUNT),
    PAYMENT_METHOD("credit_card", "bank_transfer", "kakao_pay", "naver_pay", "toss_pay"),
    EXTRA_DATA(FieldKind.OBJECT),
    SEARCH_QUERY(1, 200),
    RESULT_COUNT(FieldKind.INTEGER),
    CATEGORY_FILTER(0, 1024),
    SORT_TYPE("relevance", "price_asc", "price_desc", "latest", "popular"),
    PAGE_NUMBER(FieldKind.INTEGER);

    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::fieldName, Function.identity()));

    /** Every record must have these; PostgreSQL cannot hold a row without them, so no profile may do without. */
    public static final List<Field> ALWAYS = List.of(EVENT_ID, EVENT_TYPE, USER_ID, SESSION_ID, TIMESTAMP, PLATFORM);

    private final String fieldName = name().toLowerCase(Locale.ROOT);
    private final FieldKind kind;

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    private final List<String> words;

    private final int minLength;
    private final int maxLength;

    Field(FieldKind kind) {
        this(kind, List.of(), 0, 0);
    }

    Field(String... words) {
        this(FieldKind.WORD, List.of(words), 0, 0);
    }

    Field(int minLength, int maxLength) {
        this(FieldKind.TEXT, List.of(), minLength, maxLength);
    }

    Field(FieldKind kind, List<String> words, int minLength, int maxLength) {
        this.kind = kind;
        this.words = words;
        this.minLength = minLength;
        this.maxLength = maxLength;
    }

    /** The key in the record. */
    public String fieldName() {
        return fieldName;
    }

    public FieldKind kind() {
        return kind;
    }

    /** What a {@link FieldKind#WORD} may be. */
    public List<String> words() {
        return words;
    }

    /** The least length of a {@link FieldKind#TEXT}, in code points. */
    public int minLength() {
        return minLength;
    }

    /** The greatest length of a {@link FieldKind#TEXT}, in code points. */
    public int maxLength() {
        return maxLength;
    }

    public static Optional<Field> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
