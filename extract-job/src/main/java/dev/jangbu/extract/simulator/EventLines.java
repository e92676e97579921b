package dev.jangbu.extract.simulator;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of one session's events. A method takes the fault its line is to carry, or null; faults that are lines
 * of their own are none of its business.
 */
final class EventLines {
    private static final Utf8 EVENT_ID = Utf8.of("{\"event_id\":\"");
    private static final Utf8 EVENT_TYPE = Utf8.of("\",\"event_type\":\"");
    private static final Utf8 QUOTE = Utf8.of("\"");
    private static final Utf8 PAGE_URL = Utf8.of(",\"page_url\":\"");
    private static final Utf8 PAGE_TYPE = Utf8.of("\",\"page_type\":\"");
    private static final Utf8 PRODUCT_ID = Utf8.of(",\"product_id\":\"");
    private static final Utf8 CATEGORY_ID = Utf8.of("\",\"category_id\":\"");

    private static final Utf8 REFERRER = Utf8.of(",\"referrer\":\"");
    private static final Utf8 ELEMENT_ID = Utf8.of("\",\"element_id\":\"");
    private static final Utf8 DASH = Utf8.of("-");
    private static final Utf8 ELEMENT_TYPE = Utf8.of("\",\"element_type\":\"");
    private static final Utf8 POSITION = Utf8.of("\",\"position\":");
    private static final Utf8 QUANTITY = Utf8.of("\",\"quantity\":");
    private static final Utf8 UNIT_PRICE = Utf8.of(",\"unit_price\":");
    private static final Utf8 THEN_CATEGORY = Utf8.of(",\"category_id\":\"");
    private static final Utf8 FROM_PRODUCT = Utf8.of("\",\"source_page\":\"product\",\"is_recommendation\":");
    private static final Utf8 ORDER_ID = Utf8.of(",\"order_id\":\"");
    private static final Utf8 TOTAL_AMOUNT = Utf8.of("\",\"total_amount\":");
    private static final Utf8 PAYMENT_METHOD = Utf8.of(",\"payment_method\":\"");
    private static final Utf8 PRODUCTS = Utf8.of("\",\"extra_data\":{\"products\":[");
    private static final Utf8 DISCOUNT_AMOUNT = Utf8.of("],\"discount_amount\":");
    private static final Utf8 SHIPPING_FEE = Utf8.of(",\"shipping_fee\":");
    private static final Utf8 COUPON_CODE = Utf8.of(",\"coupon_code\":\"SAVE");
    private static final Utf8 SEARCH_QUERY = Utf8.of(",\"search_query\":\"");
    private static final Utf8 RESULT_COUNT = Utf8.of("\",\"result_count\":");
    private static final Utf8 SORT_TYPE = Utf8.of("\",\"sort_type\":\"");
    private static final Utf8 PAGE_NUMBER = Utf8.of("\",\"page_number\":");
    private static final Utf8 END = Utf8.of("}");

    private static final Utf8 FIRST_PRODUCT = Utf8.of("{\"product_id\":\"");
    private static final Utf8 NEXT_PRODUCT = Utf8.of(",{\"product_id\":\"");
    private static final Utf8 TRUE = Utf8.of("true");
    private static final Utf8 FALSE = Utf8.of("false");

    private static final Utf8 PAGE_VIEW = Utf8.of("page_view");
    private static final Utf8 CLICK = Utf8.of("click");
    private static final Utf8 ADD_TO_CART = Utf8.of("add_to_cart");
    private static final Utf8 PURCHASE = Utf8.of("purchase");
    private static final Utf8 SEARCH = Utf8.of("search");

    private static final Utf8 UNKNOWN_PAGE_TYPE = Utf8.of("landing");
    private static final Weights ELEMENTS = Weights.of(50, 12, 12, 8, 8, 10);
    private static final Utf8[] ELEMENT = {
        Utf8.of("product_card"),
        Utf8.of("button"),
        Utf8.of("link"),
        Utf8.of("banner"),
        Utf8.of("search_result"),
        Utf8.of("recommendation")
    };
    private static final Utf8[] SORT = {
        Utf8.of("relevance"), Utf8.of("price_asc"), Utf8.of("price_desc"), Utf8.of("latest"), Utf8.of("popular")
    };

    private final SessionLog log;
    private final LineBuffer line;
    private final Utf8 timePrefix;
    private final Utf8 offset;

    EventLines(SessionLog log, DayNames names) {
        this.log = log;
        this.line = log.line();
        this.timePrefix = names.timePrefix();
        this.offset = names.offset();
    }

    void pageView(
            int millis, Envelope envelope, Page page, Utf8 referrer, @Nullable Fault fault, SplittableRandom random) {
        begin(PAGE_VIEW, millis, envelope, random);
        endPageView(millis, page, referrer, fault);
    }

    /** @param time as it stands in the line, in place of {@code millis} */
    void pageViewAt(String time, int millis, Envelope envelope, Page page, Utf8 referrer, SplittableRandom random) {
        beginUntilTime(PAGE_VIEW, envelope, random);
        line.add(time).add(envelope.fromTime());
        endPageView(millis, page, referrer, null);
    }

    private void endPageView(int millis, Page page, Utf8 referrer, @Nullable Fault fault) {
        Utf8 type = fault == Fault.WRONG_VALUE ? UNKNOWN_PAGE_TYPE : page.type();
        line.add(PAGE_URL).add(page.url()).add(PAGE_TYPE).add(type).add(QUOTE);
        if (page.product() != null) {
            line.add(PRODUCT_ID).add(page.product().id()).add(QUOTE);
        }
        if (!referrer.isEmpty()) {
            line.add(REFERRER).add(referrer).add(QUOTE);
        }
        end(millis);
    }

    void click(
            int millis,
            Envelope envelope,
            Page page,
            Catalogue.Product product,
            @Nullable Fault fault,
            SplittableRandom random) {
        begin(CLICK, millis, envelope, random);
        Utf8 element = ELEMENT[ELEMENTS.draw(random)];
        int position = fault == Fault.WRONG_VALUE ? -1 : random.nextInt(40);
        line.add(PAGE_URL).add(page.url());
        line.add(ELEMENT_ID).add(element).add(DASH).number(Math.abs(position));
        line.add(ELEMENT_TYPE).add(element).add(QUOTE);
        line.add(PRODUCT_ID).add(product.id()).add(CATEGORY_ID).add(product.category());
        line.add(POSITION).number(position);
        end(millis);
    }

    void addToCart(int millis, Envelope envelope, Item item, @Nullable Fault fault, SplittableRandom random) {
        begin(ADD_TO_CART, millis, envelope, random);
        int quantity = fault == Fault.WRONG_VALUE ? 100 : item.quantity();
        line.add(PRODUCT_ID).add(item.product().id());
        line.add(QUANTITY).number(quantity);
        line.add(UNIT_PRICE).number(item.product().price());
        line.add(THEN_CATEGORY).add(item.product().category());
        line.add(FROM_PRODUCT);
        line.add(random.nextInt(5) == 0 ? TRUE : FALSE);
        end(millis);
    }

    void purchase(
            int millis, Envelope envelope, Utf8 orderId, Order order, @Nullable Fault fault, SplittableRandom random) {
        begin(PURCHASE, millis, envelope, random);
        long total = fault == Fault.WRONG_AMOUNT ? order.total() + 1_000 : order.total();
        String payment = fault == Fault.WRONG_VALUE ? "cowrie_shells" : order.payment();
        line.add(ORDER_ID).add(orderId);
        line.add(TOTAL_AMOUNT).number(total);
        line.add(PAYMENT_METHOD).add(payment);
        line.add(PRODUCTS);
        for (int at = 0; at < order.items().size(); at++) {
            product(order.items().get(at), at == 0);
        }
        line.add(DISCOUNT_AMOUNT).number(order.discount());
        line.add(SHIPPING_FEE).number(order.shipping());
        if (order.discount() > 0) {
            line.add(COUPON_CODE).number(order.discount()).add(QUOTE);
        }
        line.add(END);
        end(millis);
    }

    void search(int millis, Envelope envelope, Search search, @Nullable Fault fault, SplittableRandom random) {
        begin(SEARCH, millis, envelope, random);
        line.add(SEARCH_QUERY).add(search.query());
        line.add(RESULT_COUNT).number(fault == Fault.WRONG_VALUE ? -1 : random.nextInt(241));
        line.add(PAGE_URL).add(search.url());
        line.add(SORT_TYPE).add(SORT[random.nextInt(SORT.length)]);
        line.add(PAGE_NUMBER).number(1 + random.nextInt(3));
        end(millis);
    }

    /** The beginning of an event whose line was cut: no JSON. */
    void cut(int millis, Envelope envelope, SplittableRandom random) {
        beginUntilTime(PAGE_VIEW, envelope, random);
        log.end(millis);
    }

    private void product(Item item, boolean first) {
        line.add(first ? FIRST_PRODUCT : NEXT_PRODUCT).add(item.product().id());
        line.add(QUANTITY).number(item.quantity());
        line.add(UNIT_PRICE).number(item.product().price()).add(END);
    }

    private void begin(Utf8 type, int millis, Envelope envelope, SplittableRandom random) {
        beginUntilTime(type, envelope, random);
        line.add(timePrefix).time(millis).add(offset).add(envelope.fromTime());
    }

    private void beginUntilTime(Utf8 type, Envelope envelope, SplittableRandom random) {
        line.add(EVENT_ID).uuid(random.nextLong(), random.nextLong());
        line.add(EVENT_TYPE).add(type).add(QUOTE).add(envelope.untilTime());
    }

    private void end(int millis) {
        line.add(END);
        log.end(millis);
    }
}
