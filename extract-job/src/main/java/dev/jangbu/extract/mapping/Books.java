package dev.jangbu.extract.mapping;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of every row read: rows = lines + other days + skipped + folded. */
final class Books {
    private long rows;
    private long lines;
    private long otherDays;
    private long skipped;
    private long folded;
    private long unmapped;

    void row() {
        rows++;
    }

    void line() {
        lines++;
    }

    void otherDay() {
        otherDays++;
    }

    void skipped() {
        skipped++;
    }

    /** The rows of one group became one line. */
    void group(int rowsInIt) {
        lines++;
        folded += rowsInIt - 1L;
    }

    /** A line too, landed as the row came. */
    void unmapped() {
        lines++;
        unmapped++;
    }

    /** @throws JobFailure when a row went missing, which is a defect of this program */
    Map<String, Long> balanced() {
        if (rows != lines + otherDays + skipped + folded) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "rows read: " + rows + " (expected: " + lines + " lines + " + otherDays + " of other days + "
                            + skipped + " skipped + " + folded + " folded into groups)");
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("rows_read", rows);
        counts.put("lines", lines);
        counts.put("other_days", otherDays);
        counts.put("skipped", skipped);
        counts.put("folded", folded);
        counts.put("unmapped", unmapped);
        return counts;
    }
}
