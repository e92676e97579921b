package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import java.math.BigDecimal;
import java.util.List;

/** The products of the month so far that sold best. */
final class ProductSection {
    private final Markup markup;
    private final SalesDashboard dashboard;
    private final ShopSales shop;
    private final Money money;

    ProductSection(Markup markup, SalesDashboard dashboard, ShopSales shop) {
        this.markup = markup;
        this.dashboard = dashboard;
        this.shop = shop;
        this.money = new Money(shop.currency());
    }

    void write() {
        Period month = Period.month(dashboard.day());
        Blocks.section(markup, new Words("많이 팔린 상품", "Top products"), Words.same(month.from() + " – " + month.to()));
        if (shop.products().isEmpty()) {
            markup.leaf("p", new Words("이번 달에 팔린 상품이 없습니다.", "Nothing was sold this month."), "class", "panel quiet");
        } else {
            table();
        }
        markup.close();
    }

    private void table() {
        Blocks.openTable(
                markup,
                List.of(
                        new Words("상품", "Product"),
                        new Words("채널", "Channel"),
                        new Words("수량", "Units"),
                        new Words("취소·반품", "Claims"),
                        new Words("총매출", "Gross"),
                        Words.same("")),
                "products");
        BigDecimal most = shop.products().get(0).gross();
        for (ProductSales product : shop.products()) {
            markup.open("tr").leaf("th", product.name(), "scope", "row");
            markup.leaf("td", product.channel().words());
            markup.leaf("td", String.format("%,d", product.units()));
            markup.leaf("td", String.format("%,d", product.cancels() + product.returns()));
            markup.leaf("td", money.compact(product.gross()), "title", money.full(product.gross()));
            Blocks.bar(markup, product.gross().longValue(), most.longValue());
            markup.close();
        }
        Blocks.closeTable(markup);
    }
}
