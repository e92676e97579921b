package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import java.math.BigDecimal;
import java.util.Optional;

/** One shop: a sentence, four periods, channels, days, products, claims and where the orders stand. */
final class ShopSection {
    private final Markup markup;
    private final SalesDashboard dashboard;
    private final ShopSales shop;
    private final Money money;

    ShopSection(Markup markup, SalesDashboard dashboard, ShopSales shop) {
        this.markup = markup;
        this.dashboard = dashboard;
        this.shop = shop;
        this.money = new Money(shop.currency());
    }

    void write() {
        sentence();
        tiles();
        new ChannelSection(markup, dashboard, shop).write();
        new DaySection(markup, dashboard, shop).write();
        new ProductSection(markup, dashboard, shop).write();
        new ClaimSection(markup, dashboard, shop).write();
        new StatusSection(markup, shop).write();
    }

    private void sentence() {
        Period day = dashboard.periods().get(0);
        Sales sales = shop.of(day);
        Words gross = money.compact(sales.gross());
        String many = dashboard.shops().size() > 1 ? shop.tenant() + " · " : "";
        markup.open("p", "class", "lead");
        markup.words(new Words(
                many + day.name().korean() + " 매출은 " + gross.korean() + ", 주문 " + sales.orders() + "건입니다. ",
                many + day.name().english() + ": sales of " + gross.english() + " in " + sales.orders() + " orders. "));
        boolean isFresh = dashboard.freshness(shop.tenant()).stream().allMatch(Freshness::isGood);
        markup.leaf(
                "b",
                isFresh
                        ? new Words("모든 채널이 최신입니다.", "All channels are up to date.")
                        : new Words("최신이 아닌 채널이 있습니다.", "Not all channels are up to date."),
                "class",
                isFresh ? "good" : "wrong");
        markup.close();
    }

    private void tiles() {
        markup.open("section", "class", "tiles four", "aria-label", "기간별 매출 Sales by period");
        for (Period period : dashboard.periods()) {
            Sales now = shop.of(period);
            markup.open("div", "class", "tile");
            markup.leaf("h2", period.name());
            markup.leaf("p", money.compact(now.gross()), "class", "value", "title", money.full(now.gross()));
            markup.open("p", "class", "note");
            change(markup, ShopSales.change(now.gross(), shop.before(period).gross()), period.before());
            markup.close();
            Words net = money.compact(now.net());
            markup.leaf(
                    "p",
                    new Words(
                            "순매출 " + net.korean() + " · 주문 " + String.format("%,d", now.orders()),
                            "net " + net.english() + " · " + String.format("%,d", now.orders()) + " orders"),
                    "class",
                    "note");
            markup.close();
        }
        markup.close();
    }

    /** The change in colour and in words; a dash where there was nothing before. */
    static void change(Markup markup, Optional<BigDecimal> change, Words before) {
        markup.leaf("span", text(change), "class", "change " + style(change));
        markup.text(" ").words(before);
    }

    static String text(Optional<BigDecimal> change) {
        return change.map(rate -> (rate.signum() > 0 ? "▲ " : rate.signum() < 0 ? "▼ " : "")
                        + rate.abs().toPlainString() + "%")
                .orElse("–");
    }

    static String style(Optional<BigDecimal> change) {
        int sign = change.map(BigDecimal::signum).orElse(0);
        return sign > 0 ? "up" : sign < 0 ? "down" : "even";
    }
}
