package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** The instant whose state is asked for. */
record AsOf(Instant instant) {
    /**
     * @param zone of a time that says none
     * @throws JobFailure with {@link ExitCode#USAGE} when it is no time
     */
    static AsOf parse(String text, ZoneId zone) {
        try {
            return new AsOf(LocalDateTime.parse(text).atZone(zone).toInstant());
        } catch (DateTimeException perhapsWithAZone) {
            return withZone(text, zone);
        }
    }

    private static AsOf withZone(String text, ZoneId zone) {
        try {
            return new AsOf(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--as-of: " + text + " (expected: a time in " + zone
                            + " such as 2026-01-16T09:00, or with its own zone, 2026-01-16T00:00:00Z)",
                    notATime);
        }
    }
}
