package dev.jangbu.spark.lake;

import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Checked days of many events in many files, so that there is much to hand out. */
final class LakeDays {
    private static final List<String> TYPES = List.of("page_view", "click", "search", "add_to_cart");

    private LakeDays() {}

    static void publish(Path workspace, LocalDate day, int files, int eventsEach) {
        CleanDay clean = new CleanDay(workspace, day);
        for (int file = 0; file < files; file++) {
            List<Event> events = new ArrayList<>();
            for (int number = file * eventsEach; number < (file + 1) * eventsEach; number++) {
                events.add(Event.of(TYPES.get(number % 4) + " U" + number % 500 + " S" + number % 900 + " " + day + "T"
                        + "%02d:%02d:%02d".formatted(number % 24, number % 60, number / 7 % 60) + " web P"
                        + number % 40));
            }
            clean.file(events);
        }
        clean.publish();
    }
}
