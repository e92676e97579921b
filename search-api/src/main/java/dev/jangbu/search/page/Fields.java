package dev.jangbu.search.page;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of forms, each with its label, and tables that scroll by themselves on a narrow screen. */
final class Fields {
    private Fields() {}

    static void input(Html html, String name, String label, String type, @Nullable String value) {
        html.open("div", "class", "field").leaf("label", label, "for", name);
        html.empty(
                "input",
                "id",
                name,
                "name",
                name,
                "type",
                type,
                "value",
                value == null ? "" : value,
                "maxlength",
                "200",
                "autocomplete",
                "off");
        html.close();
    }

    /** @param choices values and what they are called, in order */
    static void select(Html html, String name, String label, Map<String, String> choices, @Nullable String chosen) {
        html.open("div", "class", "field").leaf("label", label, "for", name);
        html.open("select", "id", name, "name", name);
        html.leaf("option", "전체", "value", "");
        choices.forEach((value, text) -> {
            if (value.equals(chosen)) {
                html.leaf("option", text, "value", value, "selected", "selected");
            } else {
                html.leaf("option", text, "value", value);
            }
        });
        html.close(2);
    }

    static void openTable(Html html, List<String> columns) {
        openTable(html, "figures", columns);
    }

    static void openTable(Html html, String style, List<String> columns) {
        html.open("div", "class", "frame", "tabindex", "0", "role", "region", "aria-label", "표")
                .open("table", "class", style)
                .open("thead")
                .open("tr");
        columns.forEach(column -> html.leaf("th", column, "scope", "col"));
        html.close(2).open("tbody");
    }

    static void closeTable(Html html) {
        html.close(3);
    }
}
