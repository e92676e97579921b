package dev.jangbu.mart.plan;

import static dev.jangbu.mart.report.PlainText.left;
import static dev.jangbu.mart.report.PlainText.right;
import static dev.jangbu.mart.report.PlainText.visible;

import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.report.Numbers;
import dev.jangbu.mart.report.Terminal;
import dev.jangbu.mart.report.Terminal.Ink;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan as text of {@value Terminal#COLUMNS} columns: a line a day, then the sums. */
final class PlanText {
    private static final DateTimeFormatter BUILT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final int DAY = 10;
    private static final int LOADED = 12;
    private static final int MARTS = 6;
    private static final int BUILT_AT = 18;
    private static final int LANDING = 14;
    private static final int ACTION = Terminal.COLUMNS - DAY - LOADED - MARTS - BUILT_AT - LANDING - 2;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int SECONDS_AN_HOUR = 3_600;

    private final Plan plan;
    private final ZoneId zone;
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Plan plan, ZoneId zone, Ink ink) {
        this.plan = plan;
        this.zone = zone;
        this.ink = ink;
    }

    static List<String> lines(Plan plan, ZoneId zone, Ink ink) {
        return new PlanText(plan, zone, ink).write();
    }

    private List<String> write() {
        String clock = zone.getId();
        lines.add(ink.bold(left(
                        "Jangbu · what a backfill of " + plan.dataset() + " " + plan.from() + " – " + plan.to()
                                + " would rewrite",
                        Terminal.COLUMNS - clock.length()))
                + clock);
        lines.add(ink.dim("─".repeat(Terminal.COLUMNS)));
        lines.add(ink.dim(left("day", DAY) + right("loaded now", LOADED) + right("marts", MARTS)
                + right("last built", BUILT_AT) + right("landing", LANDING) + "  a backfill would"));
        plan.days().forEach(this::day);
        lines.add("");
        lines.add(days(plan.days().size()) + ": " + plan.replaced() + " to replace ("
                + Numbers.count(plan.rows()) + " rows), " + (plan.days().size() - plan.replaced())
                + " to load for the first time; " + Numbers.count(plan.marts()) + " marts to build");
        lines.add(plan.seconds()
                .map(seconds -> "about " + time(seconds) + " by the last runs of " + days(plan.known()))
                .orElse("no day of it has run, so nobody knows how long it takes"));
        if (plan.withLateFiles() > 0) {
            lines.add(days(plan.withLateFiles())
                    + " with late files: an extraction keeps them (--drop-late leaves them out)");
        }
        if (plan.withCorrections() > 0) {
            lines.add(days(plan.withCorrections()) + " with corrections: they are laid over what is extracted");
        }
        lines.add("nothing was changed; to do it: " + ink.bold(plan.command()));
        return List.copyOf(lines);
    }

    private void day(PlannedDay day) {
        Book book = day.book();
        String marts =
                book == null || book.loaded() == null ? Numbers.NONE : book.martsBuilt() + "/" + book.martsKnown();
        String built = book == null || book.builtAt() == null
                ? Numbers.NONE
                : BUILT.format(book.builtAt().atZone(zone));
        String landing = day.landing().state().equals(LandedDay.THERE)
                ? Numbers.count(day.landing().rows())
                : day.landing().state();
        String line = left(day.day().toString(), DAY) + right(Numbers.count(day.loaded()), LOADED) + right(marts, MARTS)
                + right(built, BUILT_AT) + right(landing, LANDING) + "  ";
        lines.add(line + left(visible(day.action()), ACTION).stripTrailing());
        if (!day.remark().isEmpty()) {
            lines.add(ink.dim(" ".repeat(line.length()) + day.remark()));
        }
    }

    private static String days(long count) {
        return count + (count == 1 ? " day" : " days");
    }

    private static String time(BigDecimal seconds) {
        long all = seconds.longValue();
        if (all < SECONDS_A_MINUTE) {
            return all + " s";
        }
        if (all < SECONDS_AN_HOUR) {
            return String.format(Locale.ROOT, "%d min %d s", all / SECONDS_A_MINUTE, all % SECONDS_A_MINUTE);
        }
        return String.format(
                Locale.ROOT, "%d h %d min", all / SECONDS_AN_HOUR, all % SECONDS_AN_HOUR / SECONDS_A_MINUTE);
    }
}
