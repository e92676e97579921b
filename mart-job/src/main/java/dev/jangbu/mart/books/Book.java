package dev.jangbu.mart.books;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The books of one day.
 *
 * @param balances whether what is loaded is what was last checked and passed, its sums hold and every mart was built from
 *     it; also where the state tells of something newer
 * @param reason what is amiss and the command that mends it; empty where nothing is
 * @param repair the steps of {@code bin/run-day} that mend the day: {@code run} is all of them, {@code report} is to look
 *     first; empty where nothing is amiss
 * @param lines of the load, or of the last check that passed where nothing is loaded; so clean and rejected; null where
 *     neither is there
 * @param loaded rows in the raw table; null where the day was never loaded
 * @param martsBuilt marts built from the last load
 * @param martsKnown marts a loaded day should have; 0 where it was never loaded
 * @param loadedAt null where the day was never loaded
 * @param builtAt of the mart that was built last; null where none was
 */
public record Book(
        BookState state,
        @JsonProperty("balances") boolean balances,
        String reason,
        String repair,
        @Nullable Long lines,
        @Nullable Long clean,
        @Nullable Long rejected,
        @Nullable Long loaded,
        int martsBuilt,
        int martsKnown,
        @Nullable Instant loadedAt,
        @Nullable Instant builtAt) {

    /** {@code 10 lines = 8 clean + 2 rejected = 8 loaded; 4 of 4 marts from this load; balances}. */
    public String line() {
        return sums() + marts() + state.word();
    }

    /** The reason without its command. */
    public String cause() {
        int command = reason.lastIndexOf(';');
        return command < 0 ? reason : reason.substring(0, command);
    }

    private String sums() {
        if (lines == null || clean == null || rejected == null) {
            return "";
        }
        String checked = "%,d lines = %,d clean + %,d rejected".formatted(lines, clean, rejected);
        return loaded == null ? checked + ", none loaded; " : checked + " = %,d loaded; ".formatted(loaded);
    }

    private String marts() {
        return loaded == null ? "" : martsBuilt + " of " + martsKnown + " marts from this load; ";
    }
}
