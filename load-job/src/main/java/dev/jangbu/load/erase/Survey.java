package dev.jangbu.load.erase;

import dev.jangbu.kit.workspace.Workspace;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a person is named. Of one thread.
 *
 * @param days by dataset, slice and day
 * @param told files that tell of days: reports, summaries of runs
 * @param others files nobody of ours writes
 * @param said tables of what runs said, with the rows
 * @param files looked at
 */
record Survey(
        SortedMap<Day, Places> days, List<Path> told, List<Path> others, SortedMap<String, Long> said, long files) {

    /** @param slice of an account's window, or that of whole days */
    record Day(String dataset, String slice, LocalDate date) implements Comparable<Day> {
        private static final Comparator<Day> ORDER =
                Comparator.comparing(Day::date).thenComparing(Day::dataset).thenComparing(Day::slice);

        @Override
        public int compareTo(Day other) {
            return ORDER.compare(this, other);
        }

        /** Whether it is an account's window: its records stay, without the person. */
        boolean isWindow() {
            return !slice.equals(Workspace.WHOLE_DAY);
        }

        @Override
        public String toString() {
            return isWindow() ? date + " of " + slice : date.toString();
        }
    }

    /**
     * The places of a day, with lines or rows that name the person.
     *
     * @param published what counts: the files manifests name, and tables
     * @param beside files that lie beside them: runs before, side files
     */
    record Places(SortedMap<String, Long> published, SortedMap<String, Long> beside) {
        Places() {
            this(new TreeMap<>(), new TreeMap<>());
        }
    }

    static Survey empty() {
        return new Survey(new TreeMap<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>(), 0);
    }

    Survey lookedAt(long more) {
        return new Survey(days, told, others, said, files + more);
    }

    Places of(String dataset, String slice, LocalDate day) {
        return days.computeIfAbsent(new Day(dataset, slice, day), none -> new Places());
    }

    boolean isEmpty() {
        return days.isEmpty() && told.isEmpty() && others.isEmpty() && said.isEmpty();
    }

    /** The places, in a few words, for a message. */
    List<String> places(Path root) {
        List<String> places = new ArrayList<>();
        for (Map.Entry<Day, Places> day : days.entrySet()) {
            day.getValue().published().keySet().forEach(place -> places.add(place + " " + day.getKey()));
            day.getValue().beside().keySet().forEach(place -> places.add(place + " " + day.getKey()));
        }
        told.forEach(file -> places.add(root.relativize(file).toString()));
        others.forEach(file -> places.add(root.relativize(file).toString()));
        said.keySet().forEach(places::add);
        return places;
    }
}
