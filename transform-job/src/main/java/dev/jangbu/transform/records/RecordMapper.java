package dev.jangbu.transform.records;

import java.util.List;

/**
 * Reads one source's records of a dataset. Of one thread and one run: it may remember what it has seen.
 */
public interface RecordMapper {
    /** Those its rows are of; a record that gives no row at all is counted with the first. */
    List<Table> tables();

    /**
     * The rows of a record; what is wrong with it is told to the fields. A value that is needed and is not there is taken
     * as nothing, since the record is refused for it.
     */
    List<Row> map(RecordFields record);
}
