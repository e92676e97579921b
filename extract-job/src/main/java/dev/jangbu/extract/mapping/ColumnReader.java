package dev.jangbu.extract.mapping;

import dev.jangbu.extract.mapping.Mapping.FileFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the columns a mapping names, holds them to the file's format, and remembers them. */
final class ColumnReader {
    private final FileFormat format;
    private final Set<Column> used = new LinkedHashSet<>();

    ColumnReader(FileFormat format) {
        this.format = format;
    }

    FileFormat format() {
        return format;
    }

    /** All that were read: a file must have them. */
    Set<Column> used() {
        return used;
    }

    /** One name, or a list of names the column has had. */
    Column column(Section section) {
        return use(section.texts(), section);
    }

    /** A column that not every file has. */
    Column optional(Section section) {
        List<String> names = section.texts();
        names.forEach(name -> require(name, section));
        return new Column(names);
    }

    /** A column named by a key. */
    Column named(String name, Section place) {
        return use(List.of(name), place);
    }

    /** A list of columns. */
    List<Column> columns(Section section) {
        return section.elements().stream().map(this::column).toList();
    }

    void require(String name, Section place) {
        if (format instanceof FileFormat.JsonLines && !JsonRow.isPath(name)) {
            throw place.wrong(name, "a path such as device.category, items[0].item_id or event_params[page]");
        }
        if (format instanceof FileFormat.Csv csv
                && !csv.columns().isEmpty()
                && !csv.columns().contains(name)) {
            throw place.wrong(name, "one of csv.columns: " + String.join(", ", csv.columns()));
        }
    }

    private Column use(List<String> names, Section place) {
        names.forEach(name -> require(name, place));
        Column column = new Column(names);
        used.add(column);
        return column;
    }
}
