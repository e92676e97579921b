package dev.jangbu.search.spend;

import dev.jangbu.search.access.Caller;
import dev.jangbu.search.access.Stores;
import dev.jangbu.search.http.Answers;
import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Listing;
import dev.jangbu.search.http.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Unit prices, and the two routes of the earlier system. */
@RestController
public final class SpendController {
    private final Spending spending;
    private final Stores stores;

    public SpendController(Spending spending, Stores stores) {
        this.spending = spending;
        this.stores = stores;
    }

    @GetMapping("/api/v1/unit-prices")
    ResponseEntity<byte[]> unitPrices(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, List.of("date", "store_id", "limit", "cursor"));
        LocalDate date = parameters.required("date", parameters.day("date"), "a date such as 2026-01-15");
        Long storeId = parameters.number("store_id");
        Cursor cursor = parameters.cursor();
        int limit = parameters.limit();
        stores.require(caller, storeId);
        Listing<UnitPrice> page = spending.ofDay(caller, date, storeId, cursor, limit);
        return Answers.page(request, parameters, UnitPrice.class, page);
    }

    @GetMapping("/api/v1/stores/{id}/weekly-unit-prices")
    ResponseEntity<byte[]> weeklyUnitPrices(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, @PathVariable("id") String id) {
        Parameters parameters = Parameters.of(request, List.of("from", "to", "limit", "cursor"));
        long storeId = Parameters.number("id", id);
        LocalDate from = parameters.day("from");
        LocalDate to = parameters.day("to");
        parameters.requireOrder(from, to);
        Cursor cursor = parameters.cursor();
        int limit = parameters.limit();
        stores.require(caller, storeId);
        return Answers.page(
                request, parameters, WeeklyUnitPrice.class, spending.weeks(caller, storeId, from, to, cursor, limit));
    }

    /** As the earlier system had it: a day without dashes, all stores, a plain list. */
    @GetMapping("/search-unitprice")
    ResponseEntity<byte[]> searchUnitPrice(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, List.of("date"));
        LocalDate date = parameters.required("date", parameters.plainDay("date"), "a date such as 20260115");
        return Answers.list(
                request,
                UnitPrice.class,
                spending.ofDay(caller, date, null, null, SpendController.ALL).rows());
    }

    /** As the earlier system had it: all weeks of a store, a plain list. */
    @GetMapping("/search-weekaov")
    ResponseEntity<byte[]> searchWeekAov(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, List.of("store_id"));
        long storeId = parameters.required("store_id", parameters.number("store_id"), "a store's number such as 50");
        stores.require(caller, storeId);
        return Answers.list(
                request,
                WeeklyUnitPrice.class,
                spending.weeks(caller, storeId, null, null, null, SpendController.ALL)
                        .rows());
    }

    /** Those routes have no pages; what they may answer is bounded all the same. */
    private static final int ALL = 10_000;
}
