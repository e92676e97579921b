package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Chart;
import dev.jangbu.mart.page.Chart.Mark;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import dev.jangbu.mart.report.CheckResult;
import dev.jangbu.mart.report.CheckResult.Outcome;
import dev.jangbu.mart.report.Numbers;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A line a check: its pass rate over time. */
final class PassRateSection {
    private final Markup markup;
    private final Dashboard dashboard;
    private final Bucket.Span span;
    private final List<Bucket> buckets;

    PassRateSection(Markup markup, Dashboard dashboard) {
        this.markup = markup;
        this.dashboard = dashboard;
        this.span = Bucket.Span.ofLine(dashboard.days().size());
        this.buckets = Bucket.of(dashboard.days(), span);
    }

    void write() {
        Blocks.section(
                markup,
                new Words("검사별 통과율", "Pass rate by check"),
                span == Bucket.Span.DAY
                        ? new Words("점선은 기준, 빨간 점은 기준 아래", "dashed: threshold, red: below it")
                        : new Words("기간마다 가장 낮은 날 · 점선은 기준", "lowest day of each period · dashed: threshold"));
        markup.open("div", "class", "charts four");
        dashboard.checkNames().forEach(this::passRate);
        lowestNow();
        markup.close().close();
    }

    private void passRate(String name) {
        CheckResult latest = dashboard.days().stream()
                .map(day -> day.check(name))
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        String rate = Numbers.percent(latest.passRate(), 2) + "%";
        markup.open("figure", "class", "panel").open("figcaption");
        markup.open("span").leaf("b", Words.ofCheck(name)).leaf("code", name).close();
        markup.leaf("span", rate, "class", latest.outcome() == Outcome.PASS ? "now" : "now wrong");
        markup.close();
        List<Mark> marks =
                buckets.stream().map(bucket -> rateMark(bucket, name)).toList();
        String label = "통과율 Pass rate, " + Words.ofCheck(name).both() + ": 마지막 latest " + rate;
        Chart.line(markup, label, marks, latest.threshold().doubleValue());
        markup.close();
    }

    /** The check nearest to its threshold, or furthest below it, on the last day that was checked. */
    private void lowestNow() {
        dashboard.latestChecked().flatMap(PassRateSection::lowest).ifPresent(check -> {
            markup.open("div", "class", "panel lowest");
            markup.leaf("h3", new Words("가장 낮은 검사", "Lowest check"));
            String style = check.outcome() == Outcome.PASS ? "value" : "value wrong";
            markup.leaf("p", Numbers.percent(check.passRate(), 2) + "%", "class", style);
            markup.leaf("p", Words.ofCheck(check.name()));
            String threshold = Numbers.shortPercent(check.threshold()) + "%";
            markup.leaf("p", new Words("기준 " + threshold, "threshold " + threshold), "class", "note");
            markup.close();
        });
    }

    private static Optional<CheckResult> lowest(DashboardDay day) {
        return day.checks().stream()
                .min(Comparator.comparing(check -> check.passRate().subtract(check.threshold())));
    }

    private Mark rateMark(Bucket bucket, String name) {
        BigDecimal rate = bucket.lowestPassRate(name);
        boolean isBad = bucket.days().stream()
                .flatMap(day -> day.checksBelow().stream())
                .anyMatch(check -> check.name().equals(name));
        String tip = bucket.when() + " · " + (rate == null ? Numbers.NONE : Numbers.percent(rate, 3) + "%");
        return new Mark(bucket.first(), rate == null ? null : Double.valueOf(rate.doubleValue()), isBad, tip);
    }
}
