package dev.jangbu.transform.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one source's records of a dataset. Of one run, and of one thread unless it says otherwise: it may remember what it
 * has seen.
 */
public interface RecordMapper {
    /** Those its rows are of; a record that gives no row at all is counted with the first. */
    List<Table> tables();

    /**
     * The rows of a record; what is wrong with it is told to the fields. A value that is needed and is not there is taken
     * as nothing, since the record is refused for it.
     */
    List<Row> map(RecordFields record);

    /** A faster reader of usual lines for one thread; null where there is none. */
    default @Nullable LineScanner scanner(RecordContract contract) {
        return null;
    }

    /** Whether records may be mapped side by side: what it remembers is asked {@link Findings#inOrder in order} only. */
    default boolean isParallel() {
        return false;
    }
}
