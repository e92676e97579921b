package dev.jangbu.transform.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one line is by itself, before it is compared with the others of its day.
 *
 * @param readable whether it is a JSON object within the limits; nothing below says anything where it is not
 * @param failures of the checks a record can fail by itself, in check order, at most one a check
 * @param eventId in lower case; null where there is none
 * @param platform as it is written; null where there is none
 * @param hasTimestamp whether {@code timestamp_valid} counts it
 * @param instant microseconds since 1970-01-01T00:00Z, or {@link #NO_TIME} when it fails {@code timestamp_valid}
 * @param carriesOrder whether {@code order_amount} counts it
 * @param row its clean CSV row in UTF-8, with the line break; null where a failure rejects it, or PostgreSQL could not
 *     hold it
 */
@SuppressWarnings("ArrayRecordComponent") // The row is written once and never compared.
public record CheckedLine(
        boolean readable,
        List<Failure> failures,
        @Nullable String eventId,
        @Nullable String sessionId,
        @Nullable String platform,
        FunnelStep step,
        boolean hasTimestamp,
        long instant,
        boolean carriesOrder,
        byte @Nullable [] row) {
    /** No valid time. */
    public static final long NO_TIME = Long.MIN_VALUE;

    public CheckedLine {
        failures = List.copyOf(failures);
    }

    static CheckedLine unreadable(Failure failure) {
        return new CheckedLine(false, List.of(failure), null, null, null, FunnelStep.NONE, false, NO_TIME, false, null);
    }
}
