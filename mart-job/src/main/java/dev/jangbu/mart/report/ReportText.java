package dev.jangbu.mart.report;

import static dev.jangbu.mart.report.PlainText.cut;
import static dev.jangbu.mart.report.PlainText.left;
import static dev.jangbu.mart.report.PlainText.right;
import static dev.jangbu.mart.report.PlainText.visible;
import static dev.jangbu.mart.report.PlainText.wrapped;

import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.report.Terminal.Ink;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A day's report as one screen: at most {@value #LINES} lines of {@value Terminal#COLUMNS} columns. */
final class ReportText {
    static final int LINES = 40;
    private static final int LABEL = 10;
    private static final int TEXT = Terminal.COLUMNS - LABEL;
    private static final int CHECKS_SHOWN = 8;
    private static final int REASONS_SHOWN = 5;
    private static final int MARTS_SHOWN = 5;
    private static final int BOOKS_LINES = 2;

    private final DayReport report;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private ReportText(DayReport report, Ink ink) {
        this.report = report;
        this.ink = ink;
    }

    static List<String> lines(DayReport report, Ink ink) {
        return new ReportText(report, ink).write();
    }

    private List<String> write() {
        title();
        figures();
        checks();
        ledger();
        marts();
        steps();
        places();
        return List.copyOf(lines);
    }

    private void title() {
        String profile = report.profile().isEmpty() ? "" : " · profile " + visible(report.profile());
        String verdict = report.verdict().name().replace('_', ' ');
        String left = left(
                "Jangbu · " + report.dataset() + " " + report.ds() + profile, Terminal.COLUMNS - verdict.length() - 1);
        lines.add(ink.bold(left) + " " + paint(report.verdict(), verdict));
        lines.add(ink.dim("─".repeat(Terminal.COLUMNS)));
        if (!report.reason().isEmpty()) {
            add("why", report.reason());
        }
    }

    private void figures() {
        Figures figures = report.figures();
        if (figures == null) {
            add("figures", "nothing of this day is in the tables");
            return;
        }
        add(
                "figures",
                "events " + Numbers.count(figures.events())
                        + "   users " + Numbers.count(figures.users())
                        + "   sessions " + Numbers.count(figures.sessions())
                        + "   purchases " + Numbers.count(figures.purchases())
                        + "   revenue " + Numbers.money(figures.revenue(), report.profile()));
        if (report.earlierLoad()) {
            add("", "of an earlier load: what these checks saw is not in the tables");
        }
    }

    private void checks() {
        lines.add("");
        lines.add(ink.dim(left("checks", 24) + right("counted", 14) + right("failed", 12) + right("pass rate", 14)
                + right("threshold", 14) + "  status"));
        if (report.checks().isEmpty()) {
            lines.add("not checked to the end");
        }
        report.checks().stream().limit(CHECKS_SHOWN).forEach(this::check);
        omitted(report.checks().size(), CHECKS_SHOWN, "checks");
        List<String> reasons = report.checks().stream()
                .flatMap(check -> reason(check).stream())
                .toList();
        reasons.stream()
                .limit(hasMarts() ? REASONS_SHOWN : CHECKS_SHOWN)
                .forEach(reason -> lines.add(cut(reason, Terminal.COLUMNS)));
    }

    private void check(CheckResult check) {
        lines.add(left(visible(check.name()), 24)
                + right(Numbers.count(check.counted()), 14)
                + right(Numbers.count(check.failed()), 12)
                + right(Numbers.percent(check.passRate(), 3) + " %", 14)
                + right(Numbers.shortPercent(check.threshold()) + " %", 14)
                + "  " + paint(check.outcome()));
    }

    private static List<String> reason(CheckResult check) {
        return check.examples().stream()
                .limit(1)
                .map(example -> first(check, example))
                .toList();
    }

    private static String first(CheckResult check, Example example) {
        String line = example.line() == null ? "" : " line " + example.line();
        return "  " + visible(check.name()) + line + ": " + visible(example.reason());
    }

    private void ledger() {
        lines.add("");
        Ledger ledger = report.ledger();
        if (ledger == null) {
            add("ledger", "no books: the day was not checked to its end");
            return;
        }
        String sum = Numbers.count(ledger.lines()) + " lines = " + Numbers.count(ledger.clean()) + " clean + "
                + Numbers.count(ledger.rejected()) + " rejected";
        rejected(sum, reasons(ledger));
        if (ledger.inTable() == null) {
            add("", Numbers.count(ledger.clean()) + " clean, none of them loaded" + corrected());
        } else {
            Long rows = ledger.inTableNow() == null ? ledger.inTable() : ledger.inTableNow();
            add(
                    "",
                    Numbers.count(ledger.clean()) + " clean = " + Numbers.count(ledger.copied()) + " copied = "
                            + Numbers.count(rows) + " in the table" + corrected());
        }
        books(ledger);
    }

    private String corrected() {
        Long corrected = report.corrected();
        return corrected == null || corrected == 0 ? "" : "; " + Numbers.count(corrected) + " corrected by a replay";
    }

    private void books(Ledger ledger) {
        Book book = report.books();
        if (!ledger.balanced()) {
            lines.add(left("books", LABEL) + ink.red(cut("the books do NOT balance: " + ledger.difference(), TEXT)));
        } else if (book == null) {
            lines.add(left("books", LABEL) + ink.green("the books balance"));
        } else {
            List<String> parts = wrapped(visible(book.line()), TEXT);
            for (int line = 0; line < Math.min(parts.size(), BOOKS_LINES); line++) {
                String text = parts.get(line);
                lines.add(left(line == 0 ? "books" : "", LABEL)
                        + (book.state().isSettled() ? ink.green(text) : ink.red(text)));
            }
        }
    }

    /** The reasons behind the sum where they fit, else below it on two lines at most. */
    private void rejected(String sum, List<String> reasons) {
        String beside = reasons.isEmpty() ? sum : sum + " (" + String.join(", ", reasons) + ")";
        if (PlainText.width(beside) <= TEXT) {
            add("ledger", beside);
            return;
        }
        add("ledger", sum + " for");
        int half = (reasons.size() + 1) / 2;
        add("", String.join(", ", reasons.subList(0, half)));
        add("", String.join(", ", reasons.subList(half, reasons.size())));
    }

    private static List<String> reasons(Ledger ledger) {
        return ledger.rejectedByReason().entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> visible(reason.getKey()) + " " + Numbers.count(reason.getValue()))
                .toList();
    }

    private void marts() {
        lines.add("");
        if (!hasMarts()) {
            add("marts", "none built");
            return;
        }
        lines.add(ink.dim(left("marts", 24) + right("rows", 14) + right("seconds", 12) + "  status"));
        for (BuiltMart mart : report.marts().stream().limit(MARTS_SHOWN).toList()) {
            String row = left(visible(mart.name()), 24)
                    + right(Numbers.count(mart.rows()), 14)
                    + right(
                            mart.seconds() == null
                                    ? Numbers.NONE
                                    : mart.seconds().toPlainString(),
                            12);
            lines.add(
                    row + "  " + (mart.isDone() ? ink.green(mart.status()) : ink.red(cut(visible(mart.status()), 40))));
        }
        omitted(report.marts().size(), MARTS_SHOWN, "marts");
    }

    private boolean hasMarts() {
        return report.marts().stream().anyMatch(mart -> !mart.status().equals(BuiltMart.MISSING));
    }

    private void steps() {
        lines.add("");
        List<Step> jobs = report.steps().stream()
                .filter(step -> !step.job().equals(RunStep.MART_JOB))
                .toList();
        List<String> times = new ArrayList<>();
        jobs.forEach(step -> times.add(visible(step.job()) + " " + seconds(step.seconds())));
        List<Step> marts = report.steps().stream()
                .filter(step -> step.job().equals(RunStep.MART_JOB))
                .toList();
        times.add("marts " + seconds(Step.busySeconds(marts)));
        times.add("all " + seconds(Step.busySeconds(report.steps())));
        add("seconds", String.join("   ", times));
    }

    private static String seconds(@Nullable BigDecimal seconds) {
        return seconds == null ? Numbers.NONE : seconds.toPlainString();
    }

    private void places() {
        Places places = report.places();
        if (!places.rejects().isEmpty()) {
            lines.add(left("rejects", LABEL) + visible(places.rejects()));
        }
        if (!places.qualityReport().isEmpty()) {
            lines.add(left("quality", LABEL) + visible(places.qualityReport()));
        }
        lines.add(left("report", LABEL) + visible(places.runReport()));
    }

    private void add(String label, String text) {
        lines.add(left(label, LABEL) + cut(visible(text), TEXT));
    }

    private void omitted(int all, int shown, String what) {
        if (all > shown) {
            lines.add("… and " + (all - shown) + " more " + what + "; see the report");
        }
    }

    private String paint(Verdict verdict, String text) {
        return switch (verdict) {
            case PASSED -> ink.green(text);
            case QUALITY_FAILED, INCOMPLETE -> ink.red(text);
            case NEVER_RUN -> ink.dim(text);
        };
    }

    private String paint(CheckResult.Outcome outcome) {
        return switch (outcome) {
            case PASS -> ink.green("pass");
            case WARN -> ink.yellow("warn");
            case FAIL -> ink.red("FAIL");
        };
    }
}
