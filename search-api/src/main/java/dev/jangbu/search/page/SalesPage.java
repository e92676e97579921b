package dev.jangbu.search.page;

import dev.jangbu.search.access.Caller;
import dev.jangbu.search.access.Stores;
import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Listing;
import dev.jangbu.search.http.Parameters;
import dev.jangbu.search.http.ProblemException;
import dev.jangbu.search.sales.Sale;
import dev.jangbu.search.sales.SaleFilter;
import dev.jangbu.search.sales.Sales;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The search box, its filters and what they find. */
@RestController
public final class SalesPage {
    private static final int ROWS = 50;

    private final Sales sales;
    private final Stores stores;

    public SalesPage(Sales sales, Stores stores) {
        this.sales = sales;
        this.stores = stores;
    }

    @GetMapping("/sales")
    ResponseEntity<byte[]> search(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, SaleFilter.PARAMETERS);
        try {
            SaleFilter filter = SaleFilter.of(parameters);
            Cursor cursor = parameters.cursor();
            stores.require(caller, filter.storeId());
            Listing<Sale> page = sales.find(caller, filter, cursor, ROWS);
            return Frame.page(request, caller, "거래 검색", html -> {
                form(html, parameters.all());
                table(html, page);
                Paging.next(html, request, parameters, page.next());
            });
        } catch (ProblemException refused) {
            return Frame.page(request, caller, refused.problem().status(), "거래 검색", html -> {
                form(html, parameters.all());
                html.leaf("p", Refused.text(refused.problem()), "class", "panel wrong", "role", "alert");
            });
        }
    }

    private static void form(Html html, Map<String, String> given) {
        html.open("form", "method", "get", "action", "/sales", "class", "panel filters", "role", "search");
        html.open("div", "class", "field wide").leaf("label", "검색어", "for", "q");
        html.empty(
                "input",
                "id",
                "q",
                "name",
                "q",
                "type",
                "search",
                "value",
                given.getOrDefault("q", ""),
                "maxlength",
                "200",
                "placeholder",
                "비고, 카드사, 결과 메시지, 승인번호");
        html.close();
        Fields.input(html, "store_id", "가맹점", "text", given.get("store_id"));
        Fields.input(html, "company", "카드사", "text", given.get("company"));
        Fields.input(html, "from", "부터", "date", given.get("from"));
        Fields.input(html, "to", "까지", "date", given.get("to"));
        Fields.input(html, "min", "최소 금액", "text", given.get("min"));
        Fields.input(html, "max", "최대 금액", "text", given.get("max"));
        Fields.input(html, "card", "카드", "text", given.get("card"));
        Map<String, String> canceled = new LinkedHashMap<>();
        canceled.put("false", "정상 승인");
        canceled.put("true", "취소");
        Fields.select(html, "canceled", "취소 여부", canceled, given.get("canceled"));
        html.leaf("button", "검색", "type", "submit");
        html.close();
    }

    private static void table(Html html, Listing<Sale> page) {
        if (page.rows().isEmpty()) {
            html.leaf(
                    "p", page.next() == null ? "찾은 거래가 없습니다." : "여기까지는 없습니다. 다음 쪽에서 더 오래된 거래를 찾습니다.", "class", "panel");
            return;
        }
        Fields.openTable(html, "sales", List.of("일시", "가맹점", "금액", "카드", "카드사", "승인번호", "결과", "비고"));
        for (Sale sale : page.rows()) {
            html.open("tr", "class", sale.isCanceled() ? "canceled" : "sale");
            html.leaf("th", Show.time(sale.soldAt()), "scope", "row");
            html.open("td")
                    .leaf("a", String.valueOf(sale.storeId()), "href", "/stores/" + sale.storeId())
                    .close();
            amount(html, sale);
            card(html, sale);
            html.leaf("td", Show.text(sale.cardCompany()));
            html.leaf("td", Show.text(sale.numApproval()));
            html.leaf("td", Show.text(sale.resultMsg()));
            html.leaf("td", Show.text(sale.remark()));
            html.close();
        }
        Fields.closeTable(html);
    }

    private static void amount(Html html, Sale sale) {
        if (sale.isCanceled()) {
            html.open("td").leaf("s", Show.won(sale.amountSale())).text(" 취소").close();
        } else {
            html.leaf("td", Show.won(sale.amountSale()));
        }
    }

    private static void card(Html html, Sale sale) {
        html.open("td");
        if (sale.cardKey() == null) {
            html.text(Show.text(sale.cardNumber()));
        } else {
            html.leaf("a", Show.text(sale.cardNumber()), "href", "/sales?card=" + sale.cardKey(), "title", "같은 카드의 거래");
        }
        html.close();
    }
}
