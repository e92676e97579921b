package dev.jangbu.mart.page;

import dev.jangbu.kit.run.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The frame of an HTML page that needs nothing else: no script, no network, no font. It reads in Korean or in English, by
 * day or by night, on a phone, on paper, and by ear.
 *
 * @param heading without the product's name
 * @param range what it is about, in numbers and names that read the same in both languages
 * @param version of the program that wrote it
 */
public record Page(Words heading, String range, String version) {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    /** A page of the version that runs. */
    public static Page of(Words heading, String range) {
        return new Page(heading, range, Version.current());
    }

    /**
     * The page as text.
     *
     * @param title of the window
     * @param main writes what stands between header and footer, and closes what it opens
     * @param zone the business zone, for the time the page was written
     */
    public String html(String title, Consumer<Markup> main, Instant writtenAt, ZoneId zone) {
        Markup markup = new Markup();
        markup.doctype().open("html", "lang", "ko");
        head(markup, title);
        markup.open("body");
        markup.empty("input", "type", "radio", "name", "language", "id", "korean", "checked", "checked");
        markup.empty("input", "type", "radio", "name", "language", "id", "english");
        header(markup);
        markup.open("main");
        main.accept(markup);
        markup.close();
        footer(
                markup,
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(zone).format(writtenAt),
                zone);
        return markup.close().close().finish();
    }

    private static void head(Markup markup, String title) {
        markup.open("head");
        markup.empty("meta", "charset", "utf-8");
        markup.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        markup.empty("meta", "name", "color-scheme", "content", "light dark");
        markup.empty("meta", "name", "referrer", "content", "no-referrer");
        markup.leaf("title", title);
        markup.style(sheet());
        markup.close();
    }

    private void header(Markup markup) {
        markup.open("header").open("div", "class", "brand");
        markup.leaf("span", "장", "class", "seal", "aria-hidden", "true");
        markup.open("div");
        markup.leaf("h1", new Words("장부 · " + heading.korean(), "Jangbu · " + heading.english()));
        markup.leaf("p", range, "class", "range");
        markup.close().close();
        markup.open("nav", "class", "language", "aria-label", "언어 Language");
        markup.leaf("label", "한국어", "for", "korean");
        markup.leaf("label", "English", "for", "english", "lang", "en");
        markup.close().close();
    }

    private void footer(Markup markup, String written, ZoneId zone) {
        markup.open("footer").open("p");
        markup.words(new Words(
                "장부 Jangbu " + version + " · " + written + " (" + zone + ")에 만듦",
                "Jangbu " + version + " · written " + written + " (" + zone + ")"));
        markup.close().close();
    }

    private static String sheet() {
        try (InputStream file = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
