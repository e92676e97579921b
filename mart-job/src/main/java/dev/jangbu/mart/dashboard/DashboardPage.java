package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Page;
import dev.jangbu.mart.page.Words;
import java.time.ZoneId;

/** The dashboard as one HTML page: its sections in the order a reader asks. */
final class DashboardPage {
    private DashboardPage() {}

    /** @param zone the business zone, for the time the page was written */
    static String html(Dashboard dashboard, ZoneId zone) {
        return new Page(new Words("품질 현황", "Quality"), range(dashboard), dashboard.version())
                .html(
                        "장부 Jangbu · 품질 현황 Quality · " + dashboard.from() + " – " + dashboard.to(),
                        markup -> sections(markup, dashboard),
                        dashboard.writtenAt(),
                        zone);
    }

    private static String range(Dashboard dashboard) {
        String range = dashboard.from() + " – " + dashboard.to() + " · " + dashboard.dataset();
        return dashboard.profile().isEmpty() ? range : range + " · " + dashboard.profile();
    }

    private static void sections(Markup markup, Dashboard dashboard) {
        new SummaryTiles(markup, dashboard).write();
        new VerdictSection(markup, dashboard).write();
        new PassRateSection(markup, dashboard).write();
        new FailureSection(markup, dashboard).write();
        new FigureSection(markup, dashboard).write();
        new BookSection(markup, dashboard).write();
        new RejectSection(markup, dashboard).write();
        new DayTable(markup, dashboard).write();
    }
}
