package dev.jangbu.mart.report;

import dev.jangbu.mart.books.Book;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a day stands and why.
 *
 * @param reason one line; empty when the day passed or never ran
 */
public record DayVerdict(Verdict verdict, String reason) {
    /**
     * @param marts the marts the day should have
     * @param book the day's books; they see what times alone do not, such as a landing newer than its check
     */
    public static DayVerdict of(DayLog log, List<String> marts, @Nullable Book book) {
        DayVerdict verdict = of(log, marts);
        if (verdict.verdict() == Verdict.PASSED && book != null && !book.state().isSettled()) {
            return new DayVerdict(Verdict.INCOMPLETE, book.state().word() + ": " + book.reason());
        }
        return verdict;
    }

    private static DayVerdict of(DayLog log, List<String> marts) {
        if (log.isEmpty()) {
            return new DayVerdict(Verdict.NEVER_RUN, "");
        }
        Optional<RunStep> checked = log.step("transform-job");
        if (checked.isPresent() && checked.get().status().equals("quality_failed")) {
            return new DayVerdict(Verdict.QUALITY_FAILED, message(checked.get()));
        }
        return incomplete(log, marts, checked)
                .map(reason -> new DayVerdict(Verdict.INCOMPLETE, reason))
                .orElse(new DayVerdict(Verdict.PASSED, ""));
    }

    private static Optional<String> incomplete(DayLog log, List<String> marts, Optional<RunStep> checked) {
        if (checked.isEmpty()) {
            return Optional.of("transform-job has not run");
        }
        if (!checked.get().isDone()) {
            return Optional.of(told(checked.get()));
        }
        if (log.load() == null || log.isEarlierLoad()) {
            return Optional.of(log.step("load-job")
                    .filter(load -> !load.isDone())
                    .map(DayVerdict::told)
                    .orElse("load-job has not run since the checks"));
        }
        return wrongMart(log, marts).or(() -> wrongBooks(log.ledger()));
    }

    private static Optional<String> wrongMart(DayLog log, List<String> marts) {
        return log.marts(marts).stream()
                .filter(build -> !build.isDone())
                .findFirst()
                .map(build -> build.name() + " " + word(build.status()));
    }

    private static String word(String status) {
        return switch (status) {
            case BuiltMart.MISSING -> "was not built";
            case BuiltMart.STALE -> "is older than the load";
            default -> status;
        };
    }

    private static Optional<String> wrongBooks(@Nullable Ledger ledger) {
        return ledger == null || ledger.balanced() ? Optional.empty() : Optional.of(ledger.difference());
    }

    private static String message(RunStep step) {
        return PlainText.masked(PlainText.visible(step.message()));
    }

    private static String told(RunStep step) {
        String message = message(step);
        return step.job() + " " + step.status() + (message.isEmpty() ? "" : ": " + message);
    }
}
