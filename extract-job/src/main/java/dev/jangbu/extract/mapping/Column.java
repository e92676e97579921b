package dev.jangbu.extract.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column by its name, or by the names it has had: the first that holds something counts. */
record Column(List<String> names) {
    Column {
        names = List.copyOf(names);
    }

    @Nullable
    String text(Row row) {
        for (String name : names) {
            String text = row.text(name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return String.join(" or ", names);
    }
}
