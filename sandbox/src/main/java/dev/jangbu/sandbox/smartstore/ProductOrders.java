package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Json;
import dev.jangbu.sandbox.http.Parameters;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.shop.Channel;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.LineState;
import dev.jangbu.sandbox.shop.Order;
import dev.jangbu.sandbox.shop.Shop;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Changed orders, their details, and the conditional list. */
final class ProductOrders {
    private static final int MOST = 300;
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final Set<String> TYPES = Set.of(
            "PAY_WAITING",
            "PAYED",
            "EXCHANGE_OPTION",
            "DELIVERY_ADDRESS_CHANGED",
            "GIFT_RECEIVED",
            "CLAIM_REJECTED",
            "DISPATCHED",
            "CLAIM_REQUESTED",
            "COLLECT_DONE",
            "CLAIM_COMPLETED",
            "PURCHASE_DECIDED",
            "HOPE_DELIVERY_INFO_CHANGED",
            "CLAIM_REDELIVERING",
            "CLAIM_HOLDBACK_RELEASED");
    /** Which steps of a line each range asks for; none where the sandbox has no such step. */
    private static final Map<String, List<LineState>> RANGES = Map.of(
            "PAYED_DATETIME", List.of(LineState.PAID),
            "ORDERED_DATETIME", List.of(LineState.ORDERED),
            "DISPATCHED_DATETIME", List.of(LineState.SHIPPING),
            "PURCHASE_DECIDED_DATETIME", List.of(LineState.CONFIRMED),
            "CLAIM_REQUESTED_DATETIME",
                    List.of(LineState.CANCEL_REQUESTED, LineState.RETURN_REQUESTED, LineState.EXCHANGE_REQUESTED),
            "CLAIM_COMPLETED_DATETIME", List.of(LineState.CANCELED, LineState.RETURNED, LineState.EXCHANGED),
            "COLLECT_COMPLETED_DATETIME", List.of(LineState.RETURN_COLLECTED, LineState.EXCHANGE_COLLECTED),
            "GIFT_RECEIVED_DATETIME", List.of(),
            "HOPE_DELIVERY_INFO_CHANGED_DATETIME", List.of());

    private final Shop shop;

    ProductOrders(Shop shop) {
        this.shop = shop;
    }

    /** One row a product order, its latest change only; a delivery is no change. */
    Answer changed(Call call) {
        requireKnown(call, Set.of("lastChangedFrom", "lastChangedTo", "lastChangedType", "moreSequence", "limitCount"));
        Instant from = required(call, "lastChangedFrom");
        Instant to = windowEnd(call, from, "lastChangedTo");
        int limit = number(call, "limitCount", MOST, MOST);
        Optional<String> type = call.query().first("lastChangedType");
        if (type.filter(wanted -> !TYPES.contains(wanted)).isPresent()) {
            throw Problem.invalid(call, "lastChangedType", "unknown");
        }
        String sequence = call.query().get("moreSequence", "");
        List<ProductOrder.Change> changes = alive(from, to, call.now())
                .flatMap(one -> ProductOrder.Change.of(one, call.now()).stream())
                .filter(change -> !change.at().isBefore(from) && !change.at().isAfter(to))
                .filter(change -> type.isEmpty() || change.type().equals(type.get()))
                .filter(change -> change.at().isAfter(from) || change.sequence().compareTo(sequence) >= 0)
                .sorted(ProductOrder.Change.ORDER)
                .toList();
        return Answer.json(200, changedBody(call, changes, limit));
    }

    /** Ids that nobody knows are left out. */
    Answer details(Call call) {
        JsonNode body = Json.read(call.body(), notJson(call));
        JsonNode ids = body.get("productOrderIds");
        if (ids == null || !ids.isArray() || ids.isEmpty() || ids.size() > MOST) {
            throw Problem.invalid(call, "productOrderIds", "1 to " + MOST + " ids");
        }
        List<Fields> found = new ArrayList<>();
        Set<String> wanted = new HashSet<>();
        ids.forEach(id -> wanted.add(id.asString()));
        Map<String, ProductOrder> known = known(wanted, call.now());
        ids.forEach(id ->
                Optional.ofNullable(known.remove(id.asString())).ifPresent(one -> found.add(one.json(call.now()))));
        return Answer.json(200, traced(call).with("data", found));
    }

    Answer list(Call call) {
        requireKnown(
                call, Set.of("from", "to", "rangeType", "productOrderStatuses", "claimStatuses", "pageSize", "page"));
        Instant from = required(call, "from");
        Instant to = windowEnd(call, from, "to");
        List<LineState> steps = RANGES.get(call.query().get("rangeType", "PAYED_DATETIME"));
        if (steps == null) {
            throw Problem.invalid(call, "rangeType", "unknown");
        }
        int size = number(call, "pageSize", MOST, MOST);
        int page = number(call, "page", 1, Integer.MAX_VALUE);
        Collection<String> statuses = call.query().each("productOrderStatuses");
        Collection<String> claims = call.query().each("claimStatuses");
        List<ProductOrder> all = alive(from, to, call.now())
                .filter(one -> steps.stream()
                        .flatMap(step -> one.line().life().when(step, call.now()).stream())
                        .anyMatch(at -> !at.isBefore(from) && !at.isAfter(to)))
                .filter(one -> statuses.isEmpty()
                        || statuses.contains(one.status(call.now()).productOrder()))
                .filter(one -> claims.isEmpty()
                        || claims.contains(String.valueOf(one.status(call.now()).claimStatus())))
                .toList();
        int start = (int) Math.min((long) (page - 1) * size, all.size());
        int end = Math.min(start + size, all.size());
        List<Fields> contents = all.subList(start, end).stream()
                .map(one -> Fields.of("productOrderId", one.line().id()).with("content", one.json(call.now())))
                .toList();
        Fields pagination = Fields.of("page", page).with("size", size).with("hasNext", end < all.size());
        return Answer.json(
                200, traced(call).with("data", Fields.of("contents", contents).with("pagination", pagination)));
    }

    Answer idsOfOrder(Call call, String orderId) {
        Order order = shop.order(Channel.NAVER, orderId, call.now()).orElseThrow(() -> Problem.notFound(call));
        return Answer.json(
                200,
                traced(call)
                        .with(
                                "data",
                                order.lines().stream().map(line -> line.id()).toList()));
    }

    private Fields changedBody(Call call, List<ProductOrder.Change> changes, int limit) {
        Fields body = traced(call);
        if (changes.isEmpty()) {
            return body;
        }
        List<ProductOrder.Change> page = changes.subList(0, Math.min(limit, changes.size()));
        Fields data = Fields.of("count", page.size());
        if (changes.size() > limit) {
            ProductOrder.Change next = changes.get(limit);
            data.with("more", Fields.of("moreFrom", Days.millis(next.at())).with("moreSequence", next.sequence()));
        }
        List<Fields> rows = page.stream()
                .map(change -> change.productOrder().change(change, call.now()))
                .toList();
        return body.with("data", data.with("lastChangeStatuses", rows));
    }

    private Map<String, ProductOrder> known(Set<String> ids, Instant now) {
        Map<String, ProductOrder> known = new HashMap<>();
        Set<String> days = new HashSet<>();
        for (String id : ids) {
            if (id.length() > 8 && days.add(id.substring(0, 8))) {
                shop.ofLinesDay(Channel.NAVER, id, now).forEach(order -> order.lines().stream()
                        .filter(line -> ids.contains(line.id()))
                        .forEach(line -> known.put(line.id(), new ProductOrder(order, line))));
            }
        }
        return known;
    }

    private Stream<ProductOrder> alive(Instant from, Instant to, Instant now) {
        return shop.alive(Channel.NAVER, from, to, now)
                .flatMap(order -> order.lines().stream().map(line -> new ProductOrder(order, line)));
    }

    private static Instant windowEnd(Call call, Instant from, String name) {
        Instant to = time(call, name).orElse(from.plus(WINDOW));
        if (to.isBefore(from) || Duration.between(from, to).compareTo(WINDOW) > 0) {
            throw Problem.invalid(call, name, "at most 24 hours");
        }
        return to;
    }

    private static Instant required(Call call, String name) {
        return time(call, name).orElseThrow(() -> Problem.invalid(call, name, "required"));
    }

    /** A bare plus is a blank by now, and no time. */
    private static Optional<Instant> time(Call call, String name) {
        Optional<String> text = call.query().first(name);
        try {
            return text.map(value -> OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException broken) {
            throw Problem.invalid(call, name, "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        }
    }

    private static int number(Call call, String name, int otherwise, int most) {
        String text = call.query().get(name, String.valueOf(otherwise));
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw Problem.invalid(call, name, "1 to " + most);
        }
        return Integer.parseInt(text);
    }

    private static void requireKnown(Call call, Set<String> known) {
        Parameters query = call.query();
        for (String name : query.names()) {
            if (!known.contains(name)) {
                throw Problem.invalid(call, name, "no such parameter");
            }
        }
    }

    private static Fields traced(Call call) {
        return Fields.of("timestamp", Days.millis(call.now())).with("traceId", Problem.traceId(call));
    }

    private static Answer notJson(Call call) {
        Refused refused = Problem.invalid(call, "body", "no JSON");
        return refused.answer();
    }
}
