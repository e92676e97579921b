package dev.jangbu.extract.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a source, looked into by column. Immutable. */
interface Row {
    /**
     * The column's text, or null where it is absent or empty: files do not tell the two apart.
     *
     * @throws UnmappableRow when its bytes were no text of the file's encoding
     */
    @Nullable
    String text(String column);

    /** The whole row as text that is the same for the same row: what ids are derived from. */
    String whole();

    /** What the column holds as a list, each as a row of its own; a row of a flat file has none. */
    List<Row> each(String column);

    /** As it came, as far as that can be told: text, or a list of texts. */
    Object raw();
}
