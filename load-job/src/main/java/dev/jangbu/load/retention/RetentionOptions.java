package dev.jangbu.load.retention;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command that removes by {@code retention.yml} is told, as a picocli mixin. */
public final class RetentionOptions {
    @Option(
            names = "--as-of",
            paramLabel = "YYYY-MM-DD",
            description = "Count the periods back from this day (default: today in Asia/Seoul).")
    private @Nullable String asOf;

    @Option(names = "--policy", paramLabel = "FILE", description = "Another policy than the packaged retention.yml.")
    private @Nullable Path policy;

    /** @throws JobFailure with {@link ExitCode#USAGE} when it is no policy */
    public Policy policy() {
        return Policy.read(policy);
    }

    /**
     * The day periods are counted back from.
     *
     * @param isDryRun whether nothing is removed: then it may also be a day to come
     * @throws JobFailure with {@link ExitCode#USAGE} when it is no date, or one to come
     */
    public LocalDate asOf(LocalDate today, boolean isDryRun) {
        LocalDate day = asOf == null ? today : parse(asOf);
        if (day.isAfter(today) && !isDryRun) {
            throw new JobFailure(
                    ExitCode.USAGE, "--as-of: " + day + " (expected: today, " + today + ", or earlier; or --dry-run)");
        }
        return day;
    }

    private static LocalDate parse(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADate) {
            throw new JobFailure(
                    ExitCode.USAGE, "--as-of: " + text + " (expected: a date such as 2026-11-21)", notADate);
        }
    }
}
