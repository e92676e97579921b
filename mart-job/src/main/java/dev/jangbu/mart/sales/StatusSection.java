package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import java.util.List;

/** Where the orders placed lately stand by now. */
final class StatusSection {
    private final Markup markup;
    private final ShopSales shop;

    StatusSection(Markup markup, ShopSales shop) {
        this.markup = markup;
        this.shop = shop;
    }

    void write() {
        int days = SalesReader.DAYS_OF_STATUS;
        Blocks.section(
                markup,
                new Words("주문 상태", "Order status"),
                new Words("최근 " + days + "일에 들어온 주문의 지금 상태", "orders of the last " + days + " days, as they are now"));
        if (shop.statuses().isEmpty()) {
            markup.leaf("p", new Words("최근에 들어온 주문이 없습니다.", "No orders lately."), "class", "panel quiet");
        } else {
            table();
        }
        markup.close();
    }

    private void table() {
        Blocks.openTable(
                markup,
                List.of(
                        new Words("상태", "Status"),
                        new Words("주문", "Orders"),
                        new Words("처리할 요청", "Open claims"),
                        Words.same("")),
                "statuses");
        long most =
                shop.statuses().stream().mapToLong(StatusCount::orders).max().orElse(0);
        for (StatusCount status : shop.statuses()) {
            markup.open("tr").leaf("th", status.words(), "scope", "row");
            markup.leaf("td", String.format("%,d", status.orders()));
            markup.leaf("td", status.openClaims() == 0 ? "" : String.format("%,d", status.openClaims()));
            Blocks.bar(markup, status.orders(), most);
            markup.close();
        }
        Blocks.closeTable(markup);
    }
}
