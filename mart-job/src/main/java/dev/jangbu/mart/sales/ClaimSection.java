package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What was claimed back in the month so far, and what may be. */
final class ClaimSection {
    private final Markup markup;
    private final SalesDashboard dashboard;
    private final ShopSales shop;
    private final Money money;

    ClaimSection(Markup markup, SalesDashboard dashboard, ShopSales shop) {
        this.markup = markup;
        this.dashboard = dashboard;
        this.shop = shop;
        this.money = new Money(shop.currency());
    }

    void write() {
        Period month = Period.month(dashboard.day());
        Sales sales = shop.of(month);
        Blocks.section(
                markup,
                new Words("취소와 반품", "Cancellations and returns"),
                new Words(
                        month.from() + " – " + month.to() + " · 완료된 날 기준",
                        month.from() + " – " + month.to() + " · by day of completion"));
        markup.open("dl", "class", "figures");
        figure(new Words("취소", "Canceled lines"), count(sales.cancels()));
        figure(new Words("반품", "Returned lines"), count(sales.returns()));
        figure(new Words("취소·반품 금액", "Claimed back"), money.compact(sales.claims()));
        figure(new Words("총매출 대비", "Of gross sales"), Words.same(share(sales)));
        figure(new Words("요청 중인 금액", "Requested, at risk"), money.compact(sales.atRisk()));
        figure(new Words("배송비 (매출 별도)", "Shipping, apart"), money.compact(sales.shipping()));
        markup.close().close();
    }

    private static String share(Sales sales) {
        return sales.gross().signum() == 0
                ? "–"
                : sales.claims()
                                .multiply(BigDecimal.valueOf(100))
                                .divide(sales.gross(), 1, RoundingMode.HALF_UP)
                                .toPlainString()
                        + "%";
    }

    private static Words count(long number) {
        return new Words(String.format("%,d건", number), String.format("%,d", number));
    }

    private void figure(Words name, Words value) {
        markup.open("div", "class", "panel").leaf("dt", name).leaf("dd", value).close();
    }
}
