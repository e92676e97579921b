package dev.jangbu.mart.build;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the marts of a day ended that one process built.
 *
 * @param marts in the order they were begun
 */
public record DayEnd(List<MartEnd> marts) {
    public DayEnd {
        marts = List.copyOf(marts);
    }

    /** How the first that did not get done ended; else done. */
    public ExitCode code() {
        return marts.stream()
                .filter(end -> !end.isDone())
                .findFirst()
                .map(MartEnd::code)
                .orElse(ExitCode.DONE);
    }

    /**
     * The last line of the process, below the summaries of the marts themselves.
     *
     * @param seconds wall time of all of them together
     */
    public Map<String, Object> summary(String job, String dataset, LocalDate day, BigDecimal seconds) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("job", job);
        summary.put("dataset", dataset);
        summary.put("slice", BuildCommand.ALL);
        summary.put("ds", day.toString());
        summary.put("status", code().status());
        summary.put("exit_code", code().code());
        summary.put("message", message());
        summary.put(
                "marts",
                marts.stream()
                        .sorted(Comparator.comparing(MartEnd::mart))
                        .map(MartEnd::entry)
                        .toList());
        summary.put("seconds", seconds);
        summary.put("version", Version.current());
        return summary;
    }

    private String message() {
        List<String> missing = marts.stream()
                .filter(end -> !end.isDone())
                .map(end -> end.mart() + " " + end.status())
                .toList();
        return String.join(", ", missing);
    }
}
