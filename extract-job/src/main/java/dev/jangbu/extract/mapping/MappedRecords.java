package dev.jangbu.extract.mapping;

import dev.jangbu.extract.mapping.Mapping.FileFormat;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Reads files by one mapping, row by row, whatever day their rows are of. Of one thread. */
public final class MappedRecords {
    private final Mapping mapping;
    private final Rows rows;

    /** Takes what becomes of each row. */
    public interface Taker {
        /**
         * A row's record.
         *
         * @param file it is of
         * @param at its time, which is also in the record
         */
        void record(String file, Map<String, Object> record, OffsetDateTime at);

        /** A row that could not be mapped: where it stands, why, and what it says. */
        void unmapped(Map<String, Object> told);

        /** A row that is none of the dataset's business. */
        void skipped();
    }

    private record Rows(Mapping mapping, ZoneId zone, Taker taker) implements RowTaker {
        @Override
        public void row(Row row, RowPlace place) {
            try {
                take(row, place);
            } catch (UnmappableRow refused) {
                broken(row.raw(), place, String.valueOf(refused.getMessage()));
            }
        }

        @Override
        public void broken(Object raw, RowPlace place, String reason) {
            taker.unmapped(place.unmapped(raw, reason));
        }

        private void take(Row row, RowPlace place) {
            if (mapping.skip().stream().anyMatch(skip -> skip.leavesOut(row))) {
                taker.skipped();
                return;
            }
            OffsetDateTime at = mapping.time().read(row, zone);
            taker.record(place.file(), mapping.record(List.of(row), at), at);
        }
    }

    /**
     * @param zone of times that name none
     * @throws JobFailure with {@link ExitCode#USAGE} when the mapping puts rows together
     */
    public MappedRecords(Mapping mapping, ZoneId zone, Taker taker) {
        if (mapping.grouping() != null) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "mapping " + mapping.name() + ": group_by: given (expected: none, for each row is a record)");
        }
        this.mapping = mapping;
        this.rows = new Rows(mapping, zone, taker);
    }

    /**
     * @param file unpacked, without byte order mark
     * @param name without its folder
     */
    public void read(InputStream file, String name) throws IOException {
        if (mapping.format() instanceof FileFormat.Csv csv) {
            new CsvRows(csv, mapping).read(file, name, rows);
        } else {
            new JsonLineRows().read(file, name, rows);
        }
    }
}
