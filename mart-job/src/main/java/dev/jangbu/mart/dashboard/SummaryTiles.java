package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.dashboard.DashboardDay.Books;
import dev.jangbu.mart.page.Compact;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import dev.jangbu.mart.report.Numbers;
import dev.jangbu.mart.report.Verdict;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The days in one sentence and six figures. */
final class SummaryTiles {
    private static final long SHORTENED_FROM = 10_000;

    private final Markup markup;
    private final Dashboard dashboard;

    SummaryTiles(Markup markup, Dashboard dashboard) {
        this.markup = markup;
        this.dashboard = dashboard;
    }

    void write() {
        sentence();
        tiles();
    }

    private void sentence() {
        long days = dashboard.days().size();
        long passed = dashboard.count(Verdict.PASSED);
        long off = dashboard.count(Books.OFF);
        markup.open("p", "class", "lead");
        markup.words(new Words(days + "일 가운데 " + passed + "일이 통과했습니다. ", passed + " of " + days + " days passed. "));
        markup.leaf("b", books(off), "class", off == 0 ? "good" : "wrong").close();
    }

    private Words books(long off) {
        long open = dashboard.count(Books.OPEN);
        if (off > 0) {
            return new Words("장부가 맞지 않는 날이 " + off + "일 있습니다.", "The books of " + off + " days are off.");
        }
        return open == 0
                ? new Words("장부는 모두 맞습니다.", "All books balance.")
                : new Words(
                        "장부의 합계는 모두 맞고, 할 일이 남은 날이 " + open + "일 있습니다.", "All sums hold; " + open + " days to see to.");
    }

    private void tiles() {
        markup.open("section", "class", "tiles", "aria-label", "요약 Summary");
        DashboardDay latest = dashboard.latest();
        tile(
                new Words("마지막 날", "Latest day"),
                Labels.of(latest.verdict()),
                Words.same(latest.day().toString()),
                "verdict " + Labels.style(latest.verdict()));
        tile(new Words("통과한 날", "Days passed"), days(dashboard.count(Verdict.PASSED)), notPassed(), "");
        tile(
                new Words("가용률", "Availability"),
                Words.same(Numbers.percent(dashboard.availability(), 1) + "%"),
                new Words("분석에 쓸 수 있는 날", "days ready for analysts"),
                "");
        tile(Labels.EVENTS, dashboard.events().map(Compact::of), note(dashboard.events(), DashboardDay::events));
        tile(Labels.ORDERS, dashboard.orders().map(Compact::of), note(dashboard.orders(), DashboardDay::orders));
        tile(
                Labels.REVENUE,
                dashboard.revenue().map(this::compactMoney),
                dashboard.isOneProfile()
                        ? Words.same(Numbers.money(dashboard.revenue().orElse(null), dashboard.profile()))
                        : new Words("통화가 다른 날들", "days of several currencies"));
        markup.close();
    }

    private Words notPassed() {
        long failed = dashboard.count(Verdict.QUALITY_FAILED);
        long other = dashboard.count(Verdict.INCOMPLETE) + dashboard.count(Verdict.NEVER_RUN);
        return new Words("품질 실패 " + failed + " · 미완료 " + other, failed + " failed · " + other + " incomplete");
    }

    private Words days(long passed) {
        return Words.same(passed + " / " + dashboard.days().size());
    }

    private Words compactMoney(BigDecimal amount) {
        Words compact = Compact.of(amount);
        return dashboard.isWon() ? new Words(compact.korean() + "원", "₩" + compact.english()) : compact;
    }

    /** The whole number below a short one; below a number shown whole, the mean of the days that have it. */
    private Words note(Optional<Long> total, Function<DashboardDay, @Nullable Long> value) {
        long days = dashboard.days().stream()
                .filter(day -> value.apply(day) != null)
                .count();
        if (total.isEmpty() || days == 0 || total.get() >= SHORTENED_FROM) {
            return Words.same(Numbers.count(total.orElse(null)));
        }
        String mean = Numbers.count(Math.round(total.get() / (double) days));
        return new Words("하루 평균 " + mean, mean + " a day");
    }

    private void tile(Words name, Optional<Words> value, Words note) {
        tile(name, value.orElse(Words.same(Numbers.NONE)), note, "");
    }

    private void tile(Words name, Words value, Words note, String style) {
        markup.open("div", "class", ("tile " + style).trim());
        markup.leaf("h2", name);
        markup.leaf("p", value, "class", "value");
        markup.leaf("p", note, "class", "note").close();
    }
}
