package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.Coupon;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Line;
import dev.jangbu.sandbox.shop.LineState;
import dev.jangbu.sandbox.shop.Order;
import dev.jangbu.sandbox.shop.Shop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Orders, their items and history, coupons used on them, refunds. Newest orders first, so pages move as they come in. */
final class Orders {
    private static final int LIMIT = 1_000;
    private static final int OFFSET = 15_000;
    private static final Set<String> EMBEDS =
            Set.of("items", "receivers", "buyer", "return", "cancellation", "exchange");
    private static final String[] FILTERS = {
        "start_date",
        "end_date",
        "date_type",
        "order_id",
        "order_status",
        "payment_status",
        "order_place_id",
        "product_no",
        "market_order_no"
    };

    /** What each kind of date asks of a line; null stands for the order itself. */
    private static final Map<String, Optional<LineState>> DATE_TYPES = dateTypes();

    private final MallState mall;
    private final Shop shop;

    Orders(MallState mall) {
        this.mall = mall;
        shop = mall.mall().shop();
    }

    Answer list(Call call) {
        Query query = Query.of(call, mall, FILTERS);
        int limit = query.number("limit", 10, 1, LIMIT);
        int offset = query.number("offset", 0, 0, OFFSET);
        Set<String> embeds = query.embeds(EMBEDS);
        Set<String> names = query.each("fields");
        List<Order> found = found(query);
        List<Order> page = query.page(found, limit, offset);
        mall.addRows(page.size());
        OrderJson json = new OrderJson(call.now(), query.shopNo());
        List<Fields> orders = page.stream()
                .map(order -> narrowed(json.order(order, embeds), names, embeds))
                .toList();
        return Answer.json(200, Fields.of("orders", orders).with("links", query.links(found.size(), limit, offset)));
    }

    Answer count(Call call) {
        return Answer.json(
                200, Fields.of("count", found(Query.of(call, mall, FILTERS)).size()));
    }

    Answer one(Call call, String id) {
        Query query = Query.of(call, mall);
        Set<String> embeds = query.embeds(EMBEDS);
        return Answer.json(
                200, Fields.of("order", new OrderJson(call.now(), query.shopNo()).order(order(query, id), embeds)));
    }

    Answer items(Call call, String id) {
        Query query = Query.of(call, mall);
        return Answer.json(200, Fields.of("items", new OrderJson(call.now(), query.shopNo()).items(order(query, id))));
    }

    Answer history(Call call, String id, String item) {
        Query query = Query.of(call, mall);
        Line line = order(query, id).lines().stream()
                .filter(one -> one.id().equals(item))
                .findFirst()
                .orElseThrow(() -> Problem.notFound(item));
        return Answer.json(200, Fields.of("itemhistory", new OrderJson(call.now(), query.shopNo()).history(line)));
    }

    /** Which coupons took how much off which line. */
    Answer coupons(Call call) {
        Query query = Query.of(call, mall, "order_id");
        int limit = query.number("limit", 10, 1, 500);
        int offset = query.number("offset", 0, 0, 8_000);
        if (query.each("order_id").isEmpty()) {
            throw Problem.unprocessable("order_id is required.");
        }
        List<Fields> used = new ArrayList<>();
        call.query().each("order_id").stream()
                .flatMap(id -> known(query, id).stream())
                .forEach(order -> addCoupons(used, order, query.shopNo()));
        return Answer.json(
                200,
                Fields.of("coupons", query.page(used, limit, offset))
                        .with("links", query.links(used.size(), limit, offset)));
    }

    Answer refunds(Call call) {
        Query query = Query.of(call, mall, "start_date", "end_date", "date_type");
        Query.Span span = query.requiredSpan("start_date", "end_date");
        boolean isByAcceptance = query.oneOf("date_type", List.of("refund_date", "accepted_refund_date"))
                .equals("accepted_refund_date");
        int limit = query.number("limit", 10, 1, 500);
        int offset = query.number("offset", 0, 0, OFFSET);
        List<Refund> refunds = shop.alive(Channel.CAFE24, span.from(), span.to(), call.now())
                .filter(order -> isIn(query, order))
                .flatMap(order -> Refund.of(order, call.now()).stream())
                .filter(refund -> span.holds(isByAcceptance ? refund.acceptedAt() : refund.doneAt()))
                .toList();
        return Answer.json(
                200,
                Fields.of(
                                "refunds",
                                query.page(refunds, limit, offset).stream()
                                        .map(refund -> refund.json(query.shopNo()))
                                        .toList())
                        .with("links", query.links(refunds.size(), limit, offset)));
    }

    private Order order(Query query, String id) {
        return known(query, id).orElseThrow(() -> Problem.notFound(id));
    }

    private Optional<Order> known(Query query, String id) {
        return shop.order(Channel.CAFE24, id, query.call().now()).filter(order -> isIn(query, order));
    }

    /** Whether it was made in the shop that is asked. */
    private boolean isIn(Query query, Order order) {
        return mall.mall().shopOf(order) == query.shopNo();
    }

    private List<Order> found(Query query) {
        Instant now = query.call().now();
        String dateType = query.oneOf("date_type", List.copyOf(DATE_TYPES.keySet()));
        Optional<Query.Span> span = query.span("start_date", "end_date");
        span.ifPresent(Query::requireThreeMonths);
        Set<String> ids = query.each("order_id");
        if (span.isEmpty() && ids.isEmpty()) {
            throw Problem.unprocessable("start_date and end_date are required.");
        }
        Stream<Order> candidates = span.isPresent()
                ? within(span.get(), dateType, now)
                : ids.stream().flatMap(id -> known(query, id).stream());
        List<Order> found = new ArrayList<>(candidates
                .filter(order -> isIn(query, order))
                .filter(order -> query.isAny("order_id", order.id()))
                .filter(order -> matches(order, query, now))
                .sorted(Comparator.comparing(Order::orderedAt).thenComparing(Order::id))
                .toList());
        Collections.reverse(found);
        return found;
    }

    private Stream<Order> within(Query.Span span, String dateType, Instant now) {
        if (dateType.equals("order_date")) {
            return shop.between(Channel.CAFE24, Days.of(span.from()), Days.of(span.to()), now)
                    .filter(order -> span.holds(order.orderedAt()));
        }
        LineState state = DATE_TYPES.getOrDefault(dateType, Optional.empty()).orElseThrow();
        return shop.alive(Channel.CAFE24, span.from(), span.to(), now).filter(order -> order.lines().stream()
                .anyMatch(
                        line -> line.life().when(state, now).filter(span::holds).isPresent()));
    }

    private static boolean matches(Order order, Query query, Instant now) {
        return query.isAny("order_place_id", order.place())
                && (query.first("market_order_no").isEmpty()
                        || query.isAny("market_order_no", String.valueOf(order.marketOrderId())))
                && query.isAny("payment_status", order.paidAt(now).isPresent() ? "T" : "F")
                && order.lines().stream()
                        .anyMatch(line -> query.isAny(
                                        "product_no",
                                        String.valueOf(line.product().number()))
                                && query.isAny(
                                        "order_status",
                                        Status.of(line.life().stateAt(now)).name()));
    }

    private static Fields narrowed(Fields order, Set<String> names, Set<String> embeds) {
        if (names.isEmpty()) {
            return order;
        }
        Set<String> kept = new HashSet<>(names);
        kept.addAll(embeds);
        return order.only(kept);
    }

    private static void addCoupons(List<Fields> used, Order order, int shopNo) {
        Coupon coupon = order.coupon();
        if (coupon == null) {
            return;
        }
        List<Long> allocations = order.allocations();
        for (int place = 0; place < order.lines().size(); place++) {
            Line line = order.lines().get(place);
            long off = line.couponDiscount() + allocations.get(place);
            if (off > 0) {
                used.add(Fields.of("shop_no", shopNo)
                        .with("order_id", order.id())
                        .with("order_item_code", line.id())
                        .with("coupon_name", coupon.name())
                        .with("coupon_code", coupon.number() + "01")
                        .with("coupon_percent", coupon.percent() == 0 ? null : coupon.percent() + ".00")
                        .with("coupon_value", coupon.percent() == 0 ? Won.text(coupon.amount()) : null)
                        .with("coupon_value_final", Won.text(off)));
            }
        }
    }

    private static Map<String, Optional<LineState>> dateTypes() {
        Map<String, Optional<LineState>> types = new LinkedHashMap<>();
        types.put("order_date", Optional.empty());
        types.put("pay_date", Optional.of(LineState.PAID));
        types.put("place_date", Optional.of(LineState.PREPARING));
        types.put("shipbegin_date", Optional.of(LineState.SHIPPING));
        types.put("shipend_date", Optional.of(LineState.DELIVERED));
        types.put("cancel_date", Optional.of(LineState.CANCELED));
        types.put("cancel_request_date", Optional.of(LineState.CANCEL_REQUESTED));
        types.put("cancel_accept_date", Optional.of(LineState.CANCEL_REQUESTED));
        types.put("cancel_complete_date", Optional.of(LineState.CANCELED));
        types.put("exchange_request_date", Optional.of(LineState.EXCHANGE_REQUESTED));
        types.put("exchange_accept_date", Optional.of(LineState.EXCHANGE_COLLECTED));
        types.put("exchange_complete_date", Optional.of(LineState.EXCHANGED));
        types.put("return_request_date", Optional.of(LineState.RETURN_REQUESTED));
        types.put("return_accept_date", Optional.of(LineState.RETURN_COLLECTED));
        types.put("return_complete_date", Optional.of(LineState.RETURNED));
        types.put("purchaseconfirmation_date", Optional.of(LineState.CONFIRMED));
        return Collections.unmodifiableMap(types);
    }
}
