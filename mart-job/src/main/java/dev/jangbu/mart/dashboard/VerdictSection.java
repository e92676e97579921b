package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import dev.jangbu.mart.report.CheckResult;
import dev.jangbu.mart.report.Verdict;

/** One mark a day: how each ended. */
final class VerdictSection {
    private final Markup markup;
    private final Dashboard dashboard;

    VerdictSection(Markup markup, Dashboard dashboard) {
        this.markup = markup;
        this.dashboard = dashboard;
    }

    void write() {
        Blocks.section(markup, new Words("날마다의 판정", "Verdict by day"), null);
        markup.open("div", "class", "panel");
        Strip.write(
                markup,
                "날마다의 판정 Verdict by day: 통과 passed " + dashboard.count(Verdict.PASSED) + ", 품질 실패 failed "
                        + dashboard.count(Verdict.QUALITY_FAILED) + ", 미완료 incomplete "
                        + dashboard.count(Verdict.INCOMPLETE) + ", 실행 없음 not run "
                        + dashboard.count(Verdict.NEVER_RUN),
                dashboard.days(),
                day -> new Strip.Cell(
                        day.day(),
                        Labels.style(day.verdict()),
                        day.day() + " " + Labels.of(day.verdict()).both() + failedNames(day)));
        markup.open("ul", "class", "legend");
        for (Verdict verdict : Verdict.values()) {
            Blocks.legend(markup, Labels.style(verdict), Labels.of(verdict), dashboard.count(verdict));
        }
        markup.close().close().close();
    }

    private static String failedNames(DashboardDay day) {
        return day.failedChecks().isEmpty()
                ? ""
                : ": "
                        + String.join(
                                ", ",
                                day.failedChecks().stream()
                                        .map(CheckResult::name)
                                        .toList());
    }
}
