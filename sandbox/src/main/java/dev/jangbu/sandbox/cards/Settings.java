package dev.jangbu.sandbox.cards;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * What the table is drawn from: with the same settings, it is the same table.
 *
 * @param ending the last day
 * @param sales rows in all, or 0 for what so many stores take
 * @param plant incidents of each rule
 */
record Settings(int stores, int days, long seed, LocalDate ending, long sales, int plant) {
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);

    Settings {
        require("stores", stores, 3, 100_000);
        require("days", days, 10, 3_650);
        require("sales", sales, 0, 100_000_000);
        require("plant", plant, 0, 100_000);
        if (ending.isBefore(EARLIEST) || ending.isAfter(LATEST)) {
            throw new IllegalArgumentException("ending: " + ending + " (expected: " + EARLIEST + ".." + LATEST + ")");
        }
    }

    LocalDate date(int day) {
        return ending.minusDays(days - 1L - day);
    }

    /** The table is as it stood some hours after the last day, in microseconds. */
    long now() {
        return Times.at(ending.plusDays(1), 4 * Times.HOUR);
    }

    int day(LocalDate date) {
        return (int) ChronoUnit.DAYS.between(date(0), date);
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
    }
}
