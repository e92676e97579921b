package dev.jangbu.transform.records;

import org.jspecify.annotations.Nullable;

/**
 * Reads a landing line byte by byte where it is written as most are. It judges nothing wrong: a line in which anything is
 * unusual is left to the mapper, and of any other it makes the very row the mapper would. Of one thread.
 */
public interface LineScanner {
    /**
     * The row of a line in which all is well.
     *
     * @param csv as it is written, with its hash
     * @param findings none, but for checks that were passed over or left until the order is known
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Scanned(Table table, byte[] csv, Findings findings) {}

    /** Null where the line has to be read field by field. */
    @Nullable
    Scanned scan(byte[] line);
}
