package dev.jangbu.mart.catalog;

import dev.jangbu.mart.definition.Check;
import dev.jangbu.mart.definition.Column;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.View;
import java.util.List;
import java.util.stream.Collectors;

/** The marts and views as a Markdown page. The same ones give the same text. */
record DataDictionary(List<Mart> marts, List<View> views) {
    private static final String HEAD = """
            # Data dictionary

            What analysts find in schema `mart`. Generated from `sql/marts/*/{metadata,schema}.yaml`, their `checks.sql` and `sql/views/*.yaml` by
            `java -jar mart-job/target/mart-job.jar dictionary --out docs/data-dictionary.md`; do not edit. The same texts are the
            COMMENTs in the database (`\\d+ mart.mart_orders`).
            """;

    DataDictionary {
        marts = List.copyOf(marts);
        views = List.copyOf(views);
    }

    String markdown() {
        return HEAD
                + marts.stream().map(DataDictionary::section).collect(Collectors.joining())
                + views.stream().map(DataDictionary::section).collect(Collectors.joining());
    }

    private static String section(View view) {
        return "\n## " + view.name() + "\n\n"
                + view.description() + "\n\n"
                + "* Grain: " + view.grain() + "\n"
                + "* Key: " + names(view.key()) + "\n"
                + "* A view: what is so at this moment\n"
                + "* Used by: " + String.join("; ", view.usedBy()) + "\n\n"
                + columns(view.columns()) + "\n"
                + "Known limits:\n\n" + bullets(view.limits());
    }

    private static String section(Mart mart) {
        return "\n## " + mart.name() + "\n\n"
                + mart.metadata().description() + "\n\n"
                + "* Grain: " + mart.metadata().grain() + "\n"
                + "* Key: " + names(mart.metadata().key()) + "\n"
                + "* Built from: `" + mart.metadata().source().table() + "`"
                + (mart.metadata().dependsOn().isEmpty()
                        ? ""
                        : ", after " + names(mart.metadata().dependsOn()))
                + "\n"
                + "* Used by: " + String.join("; ", mart.metadata().usedBy()) + "\n\n"
                + columns(mart.columns()) + "\n"
                + "Known limits:\n\n" + bullets(mart.metadata().limits()) + "\n"
                + "Checked on each build, before it is committed:\n\n"
                + mart.checks().stream().map(DataDictionary::check).collect(Collectors.joining());
    }

    private static String columns(List<Column> columns) {
        return "| column | type | | meaning |\n| --- | --- | --- | --- |\n"
                + columns.stream().map(DataDictionary::column).collect(Collectors.joining());
    }

    private static String column(Column column) {
        return "| `" + column.name() + "` | " + column.type() + " | " + (column.nullable() ? "may be NULL" : "") + " | "
                + column.description().replace("|", "\\|") + " |\n";
    }

    private static String check(Check check) {
        return switch (check.kind()) {
            case FAIL -> "* `" + check.name() + "` (stops the build): " + check.description() + "\n";
            case WARN -> "* `" + check.name() + "` (warns): " + check.description() + "\n";
            case FACT -> "* `" + check.name() + "` (told): " + check.description() + "\n";
        };
    }

    private static String names(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String bullets(List<String> lines) {
        return lines.stream().map(line -> "* " + line + "\n").collect(Collectors.joining());
    }
}
