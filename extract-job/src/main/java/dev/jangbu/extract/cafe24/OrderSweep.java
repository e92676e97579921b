package dev.jangbu.extract.cafe24;

import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.window.AccountWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the orders of a window. There is no feed of changes and no filter by when an order changed, so every date an order
 * gets in its life is asked for; what changes without getting one is found among the orders that are open, by id.
 */
final class OrderSweep {
    private static final Duration LOOKBACK = Duration.ofDays(3);
    private static final int IDS_A_CALL = 100;
    private static final String BY_ORDER = "order_date";
    private static final Map<String, String> ITEMS = Map.of("embed", "items");
    private static final List<String> DATE_TYPES = List.of(
            BY_ORDER,
            "pay_date",
            "place_date",
            "shipbegin_date",
            "shipend_date",
            "cancel_request_date",
            "cancel_complete_date",
            "return_request_date",
            "return_complete_date",
            "exchange_request_date",
            "exchange_complete_date",
            "purchaseconfirmation_date");
    private static final List<String> PLACES = List.of(
            "cafe24", "mobile", "mobile_d", "NCHECKOUT", "inpark", "auction", "sk11st", "gmarket", "coupang", "shopn");

    private final ListReader lists;
    private final ListReader.Sink<Order> landing;

    OrderSweep(ListReader lists, ListReader.Sink<Order> landing) {
        this.lists = lists;
        this.landing = landing;
    }

    /** What a first load and a reconcile read: all orders of the days, by when they were made. */
    void all(AccountWindow window) throws NeedsAttention {
        readAll(BY_ORDER, new Days(window.firstDay(Duration.ZERO), window.lastDay()));
    }

    /** What a day's run reads: orders that any date of says they changed. */
    void changed(AccountWindow window) throws NeedsAttention {
        Days days = new Days(window.firstDay(LOOKBACK), window.lastDay());
        for (String dateType : DATE_TYPES) {
            readAll(dateType, days);
        }
    }

    /** Orders that may have changed without any date of theirs, as far as they are of this shop. */
    void open(List<String> ids) throws NeedsAttention {
        for (int from = 0; from < ids.size(); from += IDS_A_CALL) {
            List<String> some = ids.subList(from, Math.min(from + IDS_A_CALL, ids.size()));
            Map<String, Object> parameters = new LinkedHashMap<>(ITEMS);
            parameters.put("order_id", String.join(",", some));
            lists.readPages(Listing.ORDERS, parameters, landing);
        }
    }

    private void readAll(String dateType, Days days) throws NeedsAttention {
        for (Days window : days.windows(Days.LONGEST)) {
            read(dateType, window);
        }
    }

    /** A window with more orders than can be paged through is halved, and a day of such is read place by place. */
    private void read(String dateType, Days days) throws NeedsAttention {
        Map<String, Object> filters = filters(dateType, days);
        int count = lists.count(Listing.ORDERS, filters);
        if (count <= Listing.ORDERS.most()) {
            lists.readCounted(Listing.ORDERS, filters, ITEMS, count, landing);
            return;
        }
        if (days.length() == 1) {
            readPlaces(filters, count);
            return;
        }
        for (Days half : days.halves()) {
            read(dateType, half);
        }
    }

    private void readPlaces(Map<String, Object> day, int count) throws NeedsAttention {
        List<Map<String, Object>> places = new ArrayList<>();
        int known = 0;
        for (String place : PLACES) {
            Map<String, Object> filters = new LinkedHashMap<>(day);
            filters.put("order_place_id", place);
            known += lists.count(Listing.ORDERS, filters);
            places.add(filters);
        }
        if (known < count) {
            throw FailureKind.WINDOW_TOO_LARGE.failure("admin/orders: " + (count - known) + " of " + count
                    + " orders of one day are of no known place (expected: 0, as only places can be paged through)");
        }
        for (Map<String, Object> place : places) {
            lists.read(Listing.ORDERS, place, ITEMS, landing);
        }
    }

    private static Map<String, Object> filters(String dateType, Days days) {
        Map<String, Object> filters = days.parameters("start_date", "end_date");
        filters.put("date_type", dateType);
        return filters;
    }
}
