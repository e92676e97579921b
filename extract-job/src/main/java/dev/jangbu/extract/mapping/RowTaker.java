package dev.jangbu.extract.mapping;

/** Takes the rows of files, one after the other. */
interface RowTaker {
    void row(Row row, RowPlace place);

    /** A row that is none of the file's format. */
    void broken(Object raw, RowPlace place, String reason);
}
