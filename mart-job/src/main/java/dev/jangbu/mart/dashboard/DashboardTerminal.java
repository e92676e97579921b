package dev.jangbu.mart.dashboard;

import static dev.jangbu.mart.report.PlainText.cut;
import static dev.jangbu.mart.report.PlainText.left;
import static dev.jangbu.mart.report.PlainText.right;
import static dev.jangbu.mart.report.PlainText.visible;

import dev.jangbu.mart.dashboard.Dashboard.BookTotal;
import dev.jangbu.mart.dashboard.Dashboard.CheckTotal;
import dev.jangbu.mart.dashboard.DashboardDay.Books;
import dev.jangbu.mart.report.CheckResult;
import dev.jangbu.mart.report.Ledger;
import dev.jangbu.mart.report.Numbers;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.mart.report.Terminal.Ink;
import dev.jangbu.mart.report.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The dashboard as one screen of text, with bars and sparklines of block characters. */
final class DashboardTerminal {
    private static final int SPARK = 60;
    private static final int LABEL = 18;
    private static final int BAR = 30;
    private static final int DAYS_SHOWN = 7;
    private static final int REASONS_SHOWN = 7;
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private final Dashboard dashboard;
    private final Ink ink;
    private final List<Bucket> buckets;
    private final List<String> lines = new ArrayList<>();

    private DashboardTerminal(Dashboard dashboard, Ink ink) {
        this.dashboard = dashboard;
        this.ink = ink;
        this.buckets = Bucket.atMost(dashboard.days(), SPARK);
    }

    static List<String> lines(Dashboard dashboard, Ink ink) {
        return new DashboardTerminal(dashboard, ink).write();
    }

    private List<String> write() {
        title();
        figures();
        checks();
        books();
        rejects();
        lastDays();
        return List.copyOf(lines);
    }

    private void title() {
        DashboardDay latest = dashboard.latest();
        String verdict = latest.day() + " " + word(latest.verdict());
        String title = "Jangbu · " + dashboard.dataset() + " " + dashboard.from() + " – " + dashboard.to();
        lines.add(ink.bold(left(title, Terminal.COLUMNS - verdict.length() - 1)) + " "
                + paint(latest.verdict(), verdict));
        lines.add(ink.dim("─".repeat(Terminal.COLUMNS)));
        lines.add(left("days", LABEL) + dashboard.days().size() + "   passed " + dashboard.count(Verdict.PASSED)
                + "   failed " + dashboard.count(Verdict.QUALITY_FAILED) + "   incomplete "
                + dashboard.count(Verdict.INCOMPLETE) + "   not run " + dashboard.count(Verdict.NEVER_RUN)
                + "   availability " + Numbers.percent(dashboard.availability(), 1) + " %");
        StringBuilder strip = new StringBuilder(left("verdicts", LABEL));
        buckets.forEach(bucket -> strip.append(symbol(bucket)));
        lines.add(strip + ink.dim("   ● passed  ✕ failed  ○ incomplete  · not run"));
    }

    private void figures() {
        figure("events", day -> decimal(day.events()), dashboard.events().map(Numbers::count));
        figure("orders", day -> decimal(day.orders()), dashboard.orders().map(Numbers::count));
        figure(
                "revenue",
                DashboardDay::revenue,
                dashboard.revenue().map(amount -> Numbers.money(amount, dashboard.profile())));
    }

    private void figure(String name, Function<DashboardDay, @Nullable BigDecimal> value, Optional<String> total) {
        List<@Nullable BigDecimal> values = new ArrayList<>();
        buckets.forEach(bucket -> values.add(bucket.mean(value)));
        lines.add(left(name, LABEL)
                + left(spark(values, BigDecimal.ZERO), SPARK)
                + right(total.orElse(Numbers.NONE), Terminal.COLUMNS - LABEL - SPARK));
    }

    private void checks() {
        lines.add("");
        lines.add(ink.dim(left("pass rate", LABEL)
                + left("lowest of each mark", SPARK)
                + right("now", 11)
                + right("days below", 11)));
        dashboard.checkNames().forEach(this::check);
    }

    private void check(String name) {
        List<@Nullable BigDecimal> rates = new ArrayList<>();
        buckets.forEach(bucket -> rates.add(bucket.lowestPassRate(name)));
        BigDecimal lowest = rates.stream()
                .filter(Objects::nonNull)
                .min(BigDecimal::compareTo)
                .orElse(BigDecimal.ONE);
        BigDecimal floor = lowest.min(new BigDecimal("0.98"));
        BigDecimal now = dashboard.days().stream()
                .map(day -> day.check(name))
                .filter(Objects::nonNull)
                .map(CheckResult::passRate)
                .reduce(BigDecimal.ONE, (earlier, later) -> later);
        CheckTotal total = dashboard.total(name);
        String below = right(Numbers.count(total.daysFailed()), 11);
        lines.add(left(visible(name), LABEL)
                + left(spark(rates, floor), SPARK)
                + right(Numbers.percent(now, 2) + " %", 11)
                + (total.daysFailed() == 0 ? below : ink.red(below)));
    }

    private void books() {
        lines.add("");
        BookTotal total = dashboard.books();
        lines.add(left("books", LABEL) + Numbers.count(total.lines()) + " lines = " + Numbers.count(total.clean())
                + " clean + " + Numbers.count(total.rejected()) + " rejected");
        long off = dashboard.count(Books.OFF);
        lines.add(left("", LABEL) + Numbers.count(total.loadable()) + " clean of days loaded = "
                + Numbers.count(total.inTable()) + " in the table");
        long open = dashboard.count(Books.OPEN);
        String toDo = open == 0 ? "" : ink.yellow("   " + open + " days to see to: mart-job gaps");
        lines.add(left("", LABEL)
                + (off == 0 ? ink.green("all sums hold") : ink.red("the books of " + off + " days are off"))
                + toDo);
    }

    private void rejects() {
        Map<String, Long> reasons = dashboard
                .latestChecked()
                .map(DashboardDay::ledger)
                .map(Ledger::rejectedByReason)
                .orElse(Map.of());
        List<Map.Entry<String, Long>> shown = reasons.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .limit(REASONS_SHOWN)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        long most = shown.stream().mapToLong(Map.Entry::getValue).max().orElse(1);
        lines.add("");
        lines.add(ink.dim("latest rejects by reason"));
        for (Map.Entry<String, Long> reason : shown) {
            int length = (int) Math.max(1, reason.getValue() * BAR / most);
            lines.add(left(visible(reason.getKey()), LABEL)
                    + left("█".repeat(length), BAR)
                    + right(Numbers.count(reason.getValue()), 12));
        }
    }

    private void lastDays() {
        lines.add("");
        lines.add(ink.dim(left("day", 12) + left("verdict", 16) + right("events", 12) + right("orders", 10)
                + right("revenue", 18) + "  failed checks"));
        List<DashboardDay> days = dashboard.days();
        for (DashboardDay day : days.subList(Math.max(0, days.size() - DAYS_SHOWN), days.size())) {
            String failed = String.join(
                    ", ",
                    day.failedChecks().stream()
                            .map(CheckResult::name)
                            .map(name -> visible(name))
                            .toList());
            lines.add(left(day.day().toString(), 12)
                    + paint(day.verdict(), left(word(day.verdict()), 16))
                    + right(Numbers.count(day.events()), 12)
                    + right(Numbers.count(day.orders()), 10)
                    + right(Numbers.money(day.revenue(), day.profile()), 18)
                    + (failed.isEmpty() ? "" : "  " + cut(failed, Terminal.COLUMNS - 70)));
        }
    }

    /** One block a value, from the floor to the highest; a blank where there is none. */
    private static String spark(List<@Nullable BigDecimal> values, BigDecimal floor) {
        BigDecimal highest = values.stream()
                .filter(Objects::nonNull)
                .max(BigDecimal::compareTo)
                .orElse(floor);
        double range = highest.subtract(floor).doubleValue();
        StringBuilder spark = new StringBuilder();
        for (BigDecimal value : values) {
            if (value == null) {
                spark.append(' ');
                continue;
            }
            double share = range <= 0 ? 1 : value.subtract(floor).doubleValue() / range;
            spark.append(BLOCKS.charAt((int) Math.round(Math.max(0, share) * (BLOCKS.length() - 1))));
        }
        return spark.toString();
    }

    private String symbol(Bucket bucket) {
        List<Verdict> verdicts =
                bucket.days().stream().map(DashboardDay::verdict).toList();
        if (verdicts.contains(Verdict.QUALITY_FAILED)) {
            return ink.red("✕");
        }
        if (verdicts.contains(Verdict.INCOMPLETE)) {
            return ink.yellow("○");
        }
        return verdicts.contains(Verdict.PASSED) ? ink.green("●") : ink.dim("·");
    }

    private static @Nullable BigDecimal decimal(@Nullable Long number) {
        return number == null ? null : BigDecimal.valueOf(number);
    }

    private static String word(Verdict verdict) {
        return verdict.word().replace('_', ' ');
    }

    private String paint(Verdict verdict, String text) {
        return switch (verdict) {
            case PASSED -> ink.green(text);
            case QUALITY_FAILED -> ink.red(text);
            case INCOMPLETE -> ink.yellow(text);
            case NEVER_RUN -> ink.dim(text);
        };
    }
}
