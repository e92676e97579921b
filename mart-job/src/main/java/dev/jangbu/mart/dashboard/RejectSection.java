package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import dev.jangbu.mart.report.Ledger;
import dev.jangbu.mart.report.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row a reason: what was rejected on the latest day, and in all. */
final class RejectSection {
    private final Markup markup;
    private final Dashboard dashboard;

    RejectSection(Markup markup, Dashboard dashboard) {
        this.markup = markup;
        this.dashboard = dashboard;
    }

    void write() {
        Optional<DashboardDay> latest = dashboard.latestChecked();
        Map<String, Long> ofLatest =
                latest.map(DashboardDay::ledger).map(Ledger::rejectedByReason).orElse(Map.of());
        Map<String, Long> all = dashboard.rejectedByReason();
        String day = latest.map(found -> found.day().toString()).orElse(Numbers.NONE);
        Blocks.section(markup, new Words("거절 이유", "Rejects by reason"), new Words("마지막 날 " + day, "latest day " + day));
        if (all.values().stream().allMatch(count -> count == 0)) {
            markup.leaf("p", new Words("거절된 줄이 없습니다.", "No line was rejected."), "class", "panel quiet");
            markup.close();
            return;
        }
        long most = ofLatest.values().stream().mapToLong(Long::longValue).max().orElse(0);
        Blocks.openTable(
                markup,
                List.of(
                        new Words("이유", "Reason"),
                        new Words("마지막 날", "Latest day"),
                        new Words("", ""),
                        new Words("기간 전체", "Whole range")),
                "bars");
        all.forEach((reason, count) -> {
            long latestCount = ofLatest.getOrDefault(reason, 0L);
            markup.open("tr").open("th", "scope", "row");
            markup.words(Words.ofCheck(reason)).leaf("code", reason).close();
            Blocks.number(markup, Numbers.count(latestCount));
            Blocks.bar(markup, latestCount, most);
            Blocks.number(markup, Numbers.count(count));
            markup.close();
        });
        Blocks.closeTable(markup);
        markup.close();
    }
}
