package dev.jangbu.search.sales;

import dev.jangbu.search.access.Caller;
import dev.jangbu.search.access.Stores;
import dev.jangbu.search.http.Answers;
import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The search over card sales. */
@RestController
public final class SalesController {
    private final Sales sales;
    private final Stores stores;

    public SalesController(Sales sales, Stores stores) {
        this.sales = sales;
        this.stores = stores;
    }

    @GetMapping("/api/v1/sales")
    ResponseEntity<byte[]> sales(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, SaleFilter.PARAMETERS);
        SaleFilter filter = SaleFilter.of(parameters);
        Cursor cursor = parameters.cursor();
        int limit = parameters.limit();
        stores.require(caller, filter.storeId());
        return Answers.page(request, parameters, Sale.class, sales.find(caller, filter, cursor, limit));
    }
}
