package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import dev.jangbu.mart.report.CheckResult;
import dev.jangbu.mart.report.CheckResult.Outcome;
import dev.jangbu.mart.report.Ledger;
import dev.jangbu.mart.report.Numbers;
import dev.jangbu.mart.report.Verdict;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every day as a row, the latest month open. */
final class DayTable {
    private final Markup markup;
    private final Dashboard dashboard;

    DayTable(Markup markup, Dashboard dashboard) {
        this.markup = markup;
        this.dashboard = dashboard;
    }

    void write() {
        Blocks.section(markup, new Words("모든 날", "All days"), null);
        Map<YearMonth, List<DashboardDay>> months = new LinkedHashMap<>();
        List<DashboardDay> latestFirst = new ArrayList<>(dashboard.days());
        Collections.reverse(latestFirst);
        latestFirst.forEach(day -> months.computeIfAbsent(YearMonth.from(day.day()), month -> new ArrayList<>())
                .add(day));
        boolean isOpen = true;
        for (Map.Entry<YearMonth, List<DashboardDay>> month : months.entrySet()) {
            month(month.getKey(), month.getValue(), isOpen);
            isOpen = false;
        }
        markup.close();
    }

    private void month(YearMonth month, List<DashboardDay> days, boolean isOpen) {
        if (isOpen) {
            markup.open("details", "open", "open");
        } else {
            markup.open("details");
        }
        long passed =
                days.stream().filter(day -> day.verdict() == Verdict.PASSED).count();
        markup.open("summary").leaf("b", month.toString()).text(" ");
        markup.leaf(
                "span", new Words(days.size() + "일 중 " + passed + "일 통과", passed + " of " + days.size() + " passed"));
        markup.close();
        Blocks.openTable(
                markup,
                List.of(
                        Labels.DAY,
                        new Words("판정", "Verdict"),
                        Labels.EVENTS,
                        Labels.ORDERS,
                        Labels.REVENUE,
                        new Words("읽은 줄", "Lines"),
                        Labels.REJECTED,
                        Labels.BOOKS),
                "days");
        days.forEach(this::row);
        Blocks.closeTable(markup);
        markup.close();
    }

    private void row(DashboardDay day) {
        markup.open("tr");
        markup.open("th", "scope", "row")
                .text(day.day().toString().substring(5))
                .text(" ");
        markup.leaf("small", Labels.of(day.day().getDayOfWeek())).close();
        markup.open("td").leaf("span", Labels.of(day.verdict()), "class", "tag " + Labels.style(day.verdict()));
        for (CheckResult check : day.checksBelow()) {
            String style = check.outcome() == Outcome.FAIL ? "failed" : "warned";
            markup.text(" ").leaf("small", Words.ofCheck(check.name()), "class", style);
        }
        markup.close();
        Ledger ledger = day.ledger();
        Blocks.number(markup, Numbers.count(day.events()));
        Blocks.number(markup, Numbers.count(day.orders()));
        Blocks.number(markup, Numbers.money(day.revenue(), day.profile()));
        Blocks.number(markup, Numbers.count(ledger == null ? null : Long.valueOf(ledger.lines())));
        Blocks.number(markup, Numbers.count(ledger == null ? null : Long.valueOf(ledger.rejected())));
        markup.open("td").leaf("span", Labels.of(day.books()), "class", "mark " + Labels.style(day.books()));
        markup.close().close();
    }
}
