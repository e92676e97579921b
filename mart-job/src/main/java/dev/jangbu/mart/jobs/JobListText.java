package dev.jangbu.mart.jobs;

import static dev.jangbu.mart.report.PlainText.left;
import static dev.jangbu.mart.report.PlainText.right;
import static dev.jangbu.mart.report.PlainText.visible;

import dev.jangbu.mart.report.Numbers;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.mart.report.Terminal.Ink;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last business dates as a table, one line a date and job, within {@value Terminal#COLUMNS} columns. */
final class JobListText {
    private static final DateTimeFormatter STARTED = DateTimeFormatter.ofPattern("MM-dd HH:mm");
    private static final int DATE = 12;
    private static final int JOB = 28;
    private static final int STATE = 27;
    private static final int ROWS = 12;
    private static final int SECONDS = 8;
    private static final int START = 13;

    private final ZoneId zone;
    private final Ink ink;

    JobListText(ZoneId zone, Ink ink) {
        this.zone = zone;
        this.ink = ink;
    }

    List<String> lines(List<JobDay> days) {
        if (days.isEmpty()) {
            return List.of("no runs");
        }
        List<String> lines = new ArrayList<>();
        String clock = zone.getId();
        lines.add(ink.bold(left("Jangbu · the last runs of the jobs", Terminal.COLUMNS - clock.length())) + clock);
        lines.add(ink.dim("─".repeat(Terminal.COLUMNS)));
        lines.add(ink.dim(left("date", DATE)
                + left("job", JOB)
                + left("state", STATE)
                + right("rows", ROWS)
                + right("seconds", SECONDS)
                + right("started", START)));
        @Nullable LocalDate before = null;
        for (JobDay day : days) {
            lines.add(line(day, day.businessDate().equals(before)));
            before = day.businessDate();
        }
        days.stream()
                .filter(day -> day.state().isTrouble())
                .findFirst()
                .ifPresent(day -> lines.add(ink.dim("why: bin/jangbu jobs show --ds " + day.businessDate())));
        return List.copyOf(lines);
    }

    private String line(JobDay day, boolean isSameDate) {
        return left(isSameDate ? "" : day.businessDate().toString(), DATE)
                + left(visible(day.dataset() + " " + day.line()), JOB - 1)
                + " "
                + day.state().paint(ink, left(day.stateText(), STATE))
                + right(Numbers.count(day.rows()), ROWS)
                + right(seconds(day.seconds()), SECONDS)
                + right(started(day.startedAt()), START);
    }

    private String started(Instant at) {
        return STARTED.format(at.atZone(zone));
    }

    static String seconds(@Nullable BigDecimal seconds) {
        return seconds == null
                ? Numbers.NONE
                : seconds.setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
