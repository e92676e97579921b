package dev.jangbu.mart.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/**
 * The dashboard as one HTML page that needs nothing else: no script, no network, no font. It reads in Korean or in English,
 * by day or by night, on a phone, on paper, and by ear.
 */
final class DashboardPage {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    private final Dashboard dashboard;
    private final ZoneId zone;
    private final Markup markup = new Markup();

    private DashboardPage(Dashboard dashboard, ZoneId zone) {
        this.dashboard = dashboard;
        this.zone = zone;
    }

    /** @param zone the business zone, for the time the page was written */
    static String html(Dashboard dashboard, ZoneId zone) {
        return new DashboardPage(dashboard, zone).write();
    }

    private String write() {
        markup.doctype().open("html", "lang", "ko");
        head();
        markup.open("body");
        markup.empty("input", "type", "radio", "name", "language", "id", "korean", "checked", "checked");
        markup.empty("input", "type", "radio", "name", "language", "id", "english");
        header();
        markup.open("main");
        new SummaryTiles(markup, dashboard).write();
        new VerdictSection(markup, dashboard).write();
        new PassRateSection(markup, dashboard).write();
        new FailureSection(markup, dashboard).write();
        new FigureSection(markup, dashboard).write();
        new BookSection(markup, dashboard).write();
        new RejectSection(markup, dashboard).write();
        new DayTable(markup, dashboard).write();
        markup.close();
        footer();
        return markup.close().close().finish();
    }

    private void head() {
        markup.open("head");
        markup.empty("meta", "charset", "utf-8");
        markup.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        markup.empty("meta", "name", "color-scheme", "content", "light dark");
        markup.empty("meta", "name", "referrer", "content", "no-referrer");
        markup.leaf("title", "장부 Jangbu · 품질 현황 Quality · " + dashboard.from() + " – " + dashboard.to());
        markup.style(sheet());
        markup.close();
    }

    private void header() {
        markup.open("header").open("div", "class", "brand");
        markup.leaf("span", "장", "class", "seal", "aria-hidden", "true");
        markup.open("div");
        markup.leaf("h1", new Words("장부 · 품질 현황", "Jangbu · Quality"));
        markup.open("p", "class", "range")
                .text(dashboard.from() + " – " + dashboard.to())
                .text(" · " + dashboard.dataset());
        if (!dashboard.profile().isEmpty()) {
            markup.text(" · " + dashboard.profile());
        }
        markup.close().close().close();
        markup.open("nav", "class", "language", "aria-label", "언어 Language");
        markup.leaf("label", "한국어", "for", "korean");
        markup.leaf("label", "English", "for", "english", "lang", "en");
        markup.close().close();
    }

    private void footer() {
        String written =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(zone).format(dashboard.writtenAt());
        markup.open("footer").open("p");
        markup.words(new Words(
                "장부 Jangbu " + dashboard.version() + " · " + written + " (" + zone + ")에 만듦",
                "Jangbu " + dashboard.version() + " · written " + written + " (" + zone + ")"));
        markup.close().close();
    }

    private static String sheet() {
        try (InputStream file = Objects.requireNonNull(DashboardPage.class.getResourceAsStream("page.css"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
