package dev.jangbu.mart.gaps;

import java.time.LocalDate;
import java.util.Arrays;

/** The steps that mend a day, from the most to the fewest. */
enum Repair {
    /** All of it, from the source. */
    RUN("run"),
    VALIDATE("validate load marts report"),
    LOAD("load marts report"),
    MARTS("marts report"),
    /** Somebody must look first. */
    LOOK("report");

    private final String steps;

    Repair(String steps) {
        this.steps = steps;
    }

    /** @param steps as {@code ops.v_books.repair} names them */
    static Repair of(String steps) {
        return Arrays.stream(values())
                .filter(repair -> repair.steps.equals(steps))
                .findFirst()
                .orElse(RUN);
    }

    /** The one that does what both do. */
    Repair or(Repair other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The command for a range of days, both ends inclusive. */
    String command(LocalDate from, LocalDate to) {
        return switch (this) {
            case RUN -> "make backfill FROM=" + from + " TO=" + to;
            case LOOK -> from.equals(to) ? "make report DS=" + from : "make report FROM=" + from + " TO=" + to;
            case VALIDATE, LOAD, MARTS ->
                "bin/run-day " + steps + (from.equals(to) ? " --ds " + from : " --from " + from + " --to " + to);
        };
    }

    /** What to know beside the command; empty where it says all. */
    String hint() {
        return switch (this) {
            case RUN -> "without Airflow: make run, with the same FROM and TO, and the source";
            case LOOK -> "then have the source or the contract mended, and make run";
            case VALIDATE, LOAD, MARTS -> "";
        };
    }
}
