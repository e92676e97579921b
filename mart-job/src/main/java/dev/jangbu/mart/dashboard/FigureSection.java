package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Chart;
import dev.jangbu.mart.page.Chart.Mark;
import dev.jangbu.mart.page.Compact;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import dev.jangbu.mart.report.Numbers;
import dev.jangbu.mart.report.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bars a day: events, orders, revenue. */
final class FigureSection {
    private final Markup markup;
    private final Dashboard dashboard;
    private final Bucket.Span span;
    private final List<Bucket> buckets;

    FigureSection(Markup markup, Dashboard dashboard) {
        this.markup = markup;
        this.dashboard = dashboard;
        this.span = Bucket.Span.ofBars(dashboard.days().size());
        this.buckets = Bucket.of(dashboard.days(), span);
    }

    void write() {
        Blocks.section(
                markup,
                new Words("날마다의 숫자", "Figures by day"),
                span == Bucket.Span.DAY
                        ? new Words("× 는 통과하지 못해 비어 있는 날", "× marks a day without data")
                        : new Words("기간마다 하루 평균", "mean per day of each period"));
        markup.open("div", "class", "charts");
        figure(Labels.EVENTS, day -> decimal(day.events()));
        figure(Labels.ORDERS, day -> decimal(day.orders()));
        figure(Labels.REVENUE, DashboardDay::revenue);
        markup.close().close();
    }

    private static @Nullable BigDecimal decimal(@Nullable Long number) {
        return number == null ? null : BigDecimal.valueOf(number);
    }

    private void figure(Words name, Function<DashboardDay, @Nullable BigDecimal> value) {
        BigDecimal latest = dashboard.days().stream()
                .map(value)
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElse(null);
        markup.open("figure", "class", "panel").open("figcaption").leaf("b", name);
        Words now = latest == null ? Words.same(Numbers.NONE) : Compact.of(latest);
        markup.leaf("span", now, "class", "now").close();
        List<Mark> marks = buckets.stream().map(bucket -> mark(bucket, value)).toList();
        Chart.bars(markup, name.both() + ", " + dashboard.from() + " – " + dashboard.to(), marks);
        markup.close();
    }

    private static Mark mark(Bucket bucket, Function<DashboardDay, @Nullable BigDecimal> value) {
        BigDecimal mean = bucket.mean(value);
        boolean isBad = mean == null && bucket.days().stream().anyMatch(day -> day.verdict() != Verdict.NEVER_RUN);
        String tip = bucket.when() + " · " + (mean == null ? Numbers.NONE : Numbers.money(mean, ""));
        return new Mark(bucket.first(), mean == null ? null : Double.valueOf(mean.doubleValue()), isBad, tip);
    }
}
