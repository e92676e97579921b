package dev.jangbu.mart.dashboard;

import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;

/** Where the days of a dashboard come from. */
interface Days {
    /** The last day that is known at all. */
    Optional<LocalDate> latest();

    /** The known days of the range, both ends inclusive. */
    SortedMap<LocalDate, DashboardDay> read(LocalDate from, LocalDate to);
}
