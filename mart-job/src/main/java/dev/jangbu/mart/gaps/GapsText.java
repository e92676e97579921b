package dev.jangbu.mart.gaps;

import static dev.jangbu.mart.report.PlainText.cut;
import static dev.jangbu.mart.report.PlainText.left;
import static dev.jangbu.mart.report.PlainText.visible;
import static dev.jangbu.mart.report.PlainText.wrapped;

import dev.jangbu.mart.report.Terminal;
import dev.jangbu.mart.report.Terminal.Ink;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Gaps as text of {@value Terminal#COLUMNS} columns; the commands are whole, however long. */
final class GapsText {
    private static final int MOST_LINES = 3;
    private static final int KIND = 10;
    private static final int RANGE = 25;
    private static final int DAYS = 10;
    private static final int WHAT = Terminal.COLUMNS - KIND - RANGE - DAYS;

    private final Gaps gaps;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private GapsText(Gaps gaps, Ink ink) {
        this.gaps = gaps;
        this.ink = ink;
    }

    static List<String> lines(Gaps gaps, Ink ink) {
        return new GapsText(gaps, ink).write();
    }

    private List<String> write() {
        String title = gaps.title();
        lines.add(ink.bold(left(
                        "Jangbu · gaps · " + gaps.dataset() + " " + range(gaps.from(), gaps.to()),
                        Terminal.COLUMNS - title.length()))
                + (gaps.gaps().isEmpty() ? ink.green(title) : ink.red(title)));
        lines.add(ink.dim("─".repeat(Terminal.COLUMNS)));
        gaps.ranges().forEach(this::add);
        days("running", "a job works on it", gaps.running());
        days("not due", "the day is not over", gaps.notDue());
        return List.copyOf(lines);
    }

    private void add(GapRange range) {
        Gap first = range.first();
        lines.add(paint(first.kind(), left(first.kind().word(), KIND))
                + left(range(range.from(), range.to()), RANGE)
                + left(Gaps.count(range.days(), "day"), DAYS)
                + cut(visible(first.what()), WHAT));
        if (range.days() == 1 && !first.why().equals(first.what())) {
            wrapped(visible(first.why()), Terminal.COLUMNS - KIND).stream()
                    .limit(MOST_LINES)
                    .forEach(line -> lines.add(" ".repeat(KIND) + line));
        }
        lines.add(" ".repeat(KIND) + ink.bold(range.command()));
        if (!first.repair().hint().isEmpty()) {
            lines.add(" ".repeat(KIND) + ink.dim(first.repair().hint()));
        }
    }

    private void days(String label, String what, List<LocalDate> days) {
        if (!days.isEmpty()) {
            lines.add(ink.dim(left(label, KIND)
                    + left(range(days.get(0), days.get(days.size() - 1)), RANGE)
                    + left(Gaps.count(days.size(), "day"), DAYS)
                    + what));
        }
    }

    private static String range(LocalDate from, LocalDate to) {
        return from.equals(to) ? from.toString() : from + " – " + to;
    }

    private String paint(GapKind kind, String text) {
        return switch (kind) {
            case MISSING, FAILED -> ink.red(text);
            case STALE -> ink.yellow(text);
        };
    }
}
