package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gross sales of each channel in each period, with the change to the period before. */
final class ChannelSection {
    private final Markup markup;
    private final ShopSales shop;
    private final List<Period> periods;
    private final Money money;

    ChannelSection(Markup markup, SalesDashboard dashboard, ShopSales shop) {
        this.markup = markup;
        this.shop = shop;
        this.periods = dashboard.periods();
        this.money = new Money(shop.currency());
    }

    void write() {
        Blocks.section(
                markup,
                new Words("채널별 매출", "Sales by channel"),
                new Words("총매출: 결제일 기준, 나중의 취소·반품 포함", "gross: by day of payment, later claims included"));
        List<Words> columns = new ArrayList<>(List.of(new Words("채널", "Channel")));
        periods.forEach(period -> columns.add(period.name()));
        Blocks.openTable(markup, columns, "channels");
        for (Channel channel : dearestFirst()) {
            row(
                    channel.words(),
                    period -> shop.of(channel, period.from(), period.to()),
                    period -> shop.of(channel, period.beforeFrom(), period.beforeTo()));
        }
        if (shop.days().size() > 1) {
            row(new Words("합계", "Total"), shop::of, shop::before);
        }
        Blocks.closeTable(markup);
        markup.close();
    }

    /** By the sales of the year: the longest of the periods. */
    private List<Channel> dearestFirst() {
        Period year = periods.get(periods.size() - 1);
        return shop.days().keySet().stream()
                .sorted(Comparator.comparing((Channel channel) ->
                                shop.of(channel, year.from(), year.to()).gross())
                        .reversed())
                .toList();
    }

    private void row(Words name, Function<Period, Sales> now, Function<Period, Sales> before) {
        markup.open("tr").leaf("th", name, "scope", "row");
        for (Period period : periods) {
            Sales sales = now.apply(period);
            Optional<BigDecimal> change =
                    ShopSales.change(sales.gross(), before.apply(period).gross());
            markup.open("td", "title", money.full(sales.gross()));
            markup.leaf("span", money.compact(sales.gross()), "class", "amount");
            markup.leaf("small", ShopSection.text(change), "class", "change " + ShopSection.style(change));
            markup.close();
        }
        markup.close();
    }
}
