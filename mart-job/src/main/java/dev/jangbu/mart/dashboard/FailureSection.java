package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.dashboard.Dashboard.CheckTotal;
import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import dev.jangbu.mart.report.Numbers;
import java.util.List;

/** A row a check: what failed it over the whole range. */
final class FailureSection {
    private final Markup markup;
    private final Dashboard dashboard;

    FailureSection(Markup markup, Dashboard dashboard) {
        this.markup = markup;
        this.dashboard = dashboard;
    }

    void write() {
        Blocks.section(
                markup, new Words("검사별 실패", "Failures by check"), new Words("기간 전체의 합", "sums over the whole range"));
        List<CheckTotal> totals =
                dashboard.checkNames().stream().map(dashboard::total).toList();
        long most = totals.stream().mapToLong(CheckTotal::failed).max().orElse(0);
        Blocks.openTable(
                markup,
                List.of(
                        Labels.CHECK,
                        new Words("검사한 수", "Counted"),
                        new Words("실패", "Failed"),
                        new Words("", ""),
                        new Words("통과율", "Pass rate"),
                        new Words("못 넘은 날", "Days below")),
                "bars failures");
        for (CheckTotal total : totals) {
            markup.open("tr");
            markup.open("th", "scope", "row")
                    .words(Words.ofCheck(total.name()))
                    .leaf("code", total.name())
                    .close();
            Blocks.number(markup, Numbers.count(total.counted()));
            Blocks.number(markup, Numbers.count(total.failed()));
            Blocks.bar(markup, total.failed(), most);
            Blocks.number(markup, Numbers.percent(total.passRate(), 3) + "%");
            markup.leaf("td", Numbers.count(total.daysFailed()), "class", total.daysFailed() == 0 ? "" : "wrong");
            markup.close();
        }
        Blocks.closeTable(markup);
        markup.close();
    }
}
