package dev.jangbu.mart.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sections of the page are made of. */
public final class Blocks {
    private Blocks() {}

    public static void section(Markup markup, Words title, @Nullable Words note) {
        markup.open("section").open("div", "class", "title").leaf("h2", title);
        if (note != null) {
            markup.leaf("p", note);
        }
        markup.close();
    }

    /** Opens a scrolling frame, its table and its body; {@link #closeTable} closes the three. */
    public static void openTable(Markup markup, List<Words> columns, String style) {
        markup.open("div", "class", "panel frame")
                .open("table", "class", style)
                .open("thead")
                .open("tr");
        for (Words column : columns) {
            markup.leaf("th", column, "scope", "col");
        }
        markup.close().close().open("tbody");
    }

    public static void closeTable(Markup markup) {
        markup.close().close().close();
    }

    /** A cell with a bar of the value's share of the highest. */
    public static void bar(Markup markup, long value, long most) {
        double share = most == 0 ? 0 : value * 100.0 / most;
        markup.open("td", "class", "bar")
                .open("svg", "viewBox", "0 0 100 10", "preserveAspectRatio", "none", "aria-hidden", "true")
                .empty("rect", "width", Chart.number(value == 0 ? 0 : Math.max(share, 0.6)), "height", "10")
                .close()
                .close();
    }

    public static void number(Markup markup, String text) {
        markup.leaf("td", text);
    }

    public static void legend(Markup markup, String style, Words words, long days) {
        markup.open("li")
                .open("i", "class", style)
                .close()
                .words(words)
                .text(" " + days)
                .close();
    }
}
