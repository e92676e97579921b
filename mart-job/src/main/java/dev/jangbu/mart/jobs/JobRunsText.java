package dev.jangbu.mart.jobs;

import static dev.jangbu.mart.report.PlainText.left;
import static dev.jangbu.mart.report.PlainText.right;
import static dev.jangbu.mart.report.PlainText.visible;
import static dev.jangbu.mart.report.PlainText.wrapped;

import dev.jangbu.mart.report.Numbers;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.mart.report.Terminal.Ink;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Every run of a business date in the order they began: a line of figures each, and below it how it ended. */
final class JobRunsText {
    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");
    private static final int START = 16;
    private static final int RUN = 38;
    private static final int ATTEMPT = 10;
    private static final int STATE = 15;
    private static final int ROWS = 12;
    private static final int SECONDS = 9;
    private static final int BELOW = Terminal.COLUMNS - START;

    private final ZoneId zone;
    private final Ink ink;
    private final SummaryFiles files;

    JobRunsText(ZoneId zone, Ink ink, SummaryFiles files) {
        this.zone = zone;
        this.ink = ink;
        this.files = files;
    }

    List<String> lines(LocalDate businessDate, List<JobRun> runs) {
        if (runs.isEmpty()) {
            return List.of("no runs of " + businessDate);
        }
        List<String> lines = new ArrayList<>();
        String clock = zone.getId();
        lines.add(ink.bold(left("Jangbu · every run of " + businessDate, Terminal.COLUMNS - clock.length())) + clock);
        lines.add(ink.dim("─".repeat(Terminal.COLUMNS)));
        lines.add(ink.dim(left("started", START)
                + left("run", RUN)
                + left("attempt", ATTEMPT)
                + left("state", STATE)
                + right("rows", ROWS)
                + right("seconds", SECONDS)));
        runs.forEach(run -> add(lines, run));
        return List.copyOf(lines);
    }

    private void add(List<String> lines, JobRun run) {
        String name = run.job() + " " + run.dataset() + (run.isWhole() ? "" : " " + run.slice());
        lines.add(left(STARTED.format(run.startedAt().atZone(zone)), START)
                + left(visible(name), RUN - 1)
                + " "
                + left(visible(run.attempt()), ATTEMPT - 1)
                + " "
                + run.state().paint(ink, left(run.state().word(), STATE))
                + right(Numbers.count(run.rows()), ROWS)
                + right(JobListText.seconds(run.seconds()), SECONDS));
        if (run.state() != RunState.RUNNING) {
            below(lines, ExitMeaning.of(run.exitCode()));
        }
        if (!run.message().isEmpty()) {
            below(lines, run.message());
        }
        // A path is whole or of no use.
        files.of(run).map(Path::toString).ifPresent(file -> lines.add(" ".repeat(START) + ink.dim(visible(file))));
    }

    private static void below(List<String> lines, String text) {
        wrapped(text, BELOW).forEach(line -> lines.add(" ".repeat(START) + line));
    }
}
