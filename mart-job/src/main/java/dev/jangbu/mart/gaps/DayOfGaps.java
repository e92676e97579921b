package dev.jangbu.mart.gaps;

import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.books.BookState;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one day.
 *
 * @param book null where nothing is
 * @param undone last runs that are not done, in the order they began
 */
record DayOfGaps(LocalDate day, @Nullable Book book, List<LastRun> undone) {
    DayOfGaps {
        undone = List.copyOf(undone);
    }

    /** Its gap; empty where the day is done. */
    Optional<Gap> gap() {
        if (book == null) {
            return Optional.of(new Gap(day, GapKind.MISSING, "no job has run", "no job has run", Repair.RUN));
        }
        if (book.state() == BookState.DROPPED) {
            return Optional.empty();
        }
        Optional<LastRun> failed =
                undone.stream().filter(run -> !run.isRefusal()).findFirst();
        if (failed.isPresent()) {
            return Optional.of(failed(failed.get(), book));
        }
        return switch (book.state()) {
            case BALANCES, DROPPED -> Optional.empty();
            case QUALITY_FAILED -> Optional.of(of(GapKind.FAILED, book));
            case NOT_LOADED -> Optional.of(of(GapKind.MISSING, book));
            case CHECK_OLDER, LOAD_OLDER, MARTS_OLDER, MARTS_MISSING, UNBALANCED ->
                Optional.of(of(GapKind.STALE, book));
        };
    }

    private Gap of(GapKind kind, Book known) {
        return new Gap(day, kind, known.state().word(), known.cause(), Repair.of(known.repair()));
    }

    private Gap failed(LastRun run, Book known) {
        Repair repair = known.state().isSettled() ? run.repair() : run.repair().or(Repair.of(known.repair()));
        String what = run.name() + " " + run.state();
        String why = run.message().isEmpty() ? what : run.message();
        return new Gap(day, GapKind.FAILED, what, why, repair);
    }
}
