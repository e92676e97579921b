package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Chart;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/** The last thirty days, a bar a day. */
final class DaySection {
    private static final int DAYS = 30;

    private final Markup markup;
    private final SalesDashboard dashboard;
    private final ShopSales shop;
    private final Money money;

    DaySection(Markup markup, SalesDashboard dashboard, ShopSales shop) {
        this.markup = markup;
        this.dashboard = dashboard;
        this.shop = shop;
        this.money = new Money(shop.currency());
    }

    void write() {
        LocalDate first = dashboard.day().minusDays(DAYS - 1L);
        Blocks.section(markup, new Words("최근 30일", "Last 30 days"), Words.same(first + " – " + dashboard.day()));
        Sales sum = shop.of(first, dashboard.day());
        markup.open("div", "class", "charts");
        chart(new Words("총매출", "Gross sales"), money.compact(sum.gross()), Sales::gross, this::full);
        chart(new Words("순매출", "Net sales"), money.compact(sum.net()), Sales::net, this::full);
        chart(
                new Words("주문", "Orders"),
                new Words(String.format("%,d건", sum.orders()), String.format("%,d", sum.orders())),
                sales -> BigDecimal.valueOf(sales.orders()),
                BigDecimal::toPlainString);
        markup.close().close();
    }

    private String full(BigDecimal amount) {
        return money.full(amount);
    }

    private void chart(Words name, Words sum, Function<Sales, BigDecimal> figure, Function<BigDecimal, String> tip) {
        List<Chart.Mark> marks = dashboard
                .day()
                .minusDays(DAYS - 1L)
                .datesUntil(dashboard.day().plusDays(1))
                .map(day -> mark(day, figure.apply(shop.of(day, day)), tip))
                .toList();
        markup.open("figure", "class", "panel").open("figcaption").leaf("b", name);
        markup.leaf("span", sum, "class", "now").close();
        Chart.bars(markup, name.both() + " " + sum.both(), marks);
        markup.close();
    }

    /** A day of more claims than sales has no bar to the top; it is marked. */
    private static Chart.Mark mark(LocalDate day, BigDecimal value, Function<BigDecimal, String> tip) {
        boolean isNegative = value.signum() < 0;
        return new Chart.Mark(
                day,
                isNegative ? null : Double.valueOf(value.doubleValue()),
                isNegative,
                day + " · " + tip.apply(value));
    }
}
