package dev.jangbu.kit.command;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The business dates a command is asked for: one by {@code --ds}, or a range by {@code --from} and {@code --to}. */
public final class DayOptions {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);
    private static final int MOST_DAYS = 3_660;

    @Option(names = "--ds", paramLabel = "YYYY-MM-DD", description = "The business date, a calendar day in Asia/Seoul.")
    private @Nullable String ds;

    @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "First business date of a range.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "Last business date of the range, inclusive.")
    private @Nullable String to;

    /** Whether any day was asked for; commands that have a day of their own ask first. */
    public boolean areGiven() {
        return ds != null || from != null || to != null;
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when no day, half a range or a wrong date was given */
    public List<LocalDate> days() {
        if (ds != null && from == null && to == null) {
            return List.of(parse("--ds", ds));
        }
        if (ds == null && from != null && to != null) {
            return range(parse("--from", from), parse("--to", to));
        }
        throw new JobFailure(
                ExitCode.USAGE, "which day? (expected: --ds 2026-01-15, or --from 2026-01-01 --to 2026-01-31)");
    }

    /** Runs the days in order. A day of bad data does not stop the next; any other failure does. */
    public ExitCode forEachDay(Function<LocalDate, ExitCode> run) {
        ExitCode worst = ExitCode.DONE;
        for (LocalDate day : days()) {
            ExitCode code = run.apply(day);
            if (code != ExitCode.DONE) {
                worst = code;
            }
            if (code != ExitCode.DONE && code != ExitCode.QUALITY_FAILED) {
                return code;
            }
        }
        return worst;
    }

    private static List<LocalDate> range(LocalDate first, LocalDate last) {
        if (last.isBefore(first) || first.plusDays(MOST_DAYS).isBefore(last)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--to: " + last + " (expected: " + first + " or later, at most " + MOST_DAYS + " days)");
        }
        return first.datesUntil(last.plusDays(1)).toList();
    }

    private static LocalDate parse(String option, String value) {
        try {
            return LocalDate.parse(value, DAY);
        } catch (DateTimeException notADate) {
            throw new JobFailure(
                    ExitCode.USAGE, option + ": " + value + " (expected: a date such as 2026-01-15)", notADate);
        }
    }
}
