package dev.jangbu.extract.http;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether and when one call is made again: the retry matrix. For one call; the waiting itself is the caller's. */
final class Repetition {
    private static final int TRIES = 4;
    private static final int TRIES_WHEN_SLOWER = 10;
    private static final long STOP = -1;
    private static final IntervalFunction NO_ANSWER =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofSeconds(1), 2.0, 0.2, Duration.ofSeconds(8));
    private static final IntervalFunction ERROR =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofSeconds(2), 2.0, 0.2, Duration.ofSeconds(16));
    private static final IntervalFunction TOO_FAST =
            IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(1), 2.0, Duration.ofSeconds(8));

    private final Dialect dialect;
    private final Retry.AsyncContext<Reply> context;

    Repetition(ApiRequest call, Dialect dialect) {
        this.dialect = dialect;
        this.context = Retry.of(
                        "platform",
                        RetryConfig.<Reply>custom()
                                .maxAttempts(TRIES_WHEN_SLOWER)
                                .retryOnException(failure -> failure instanceof IOException && call.isRead())
                                .retryOnResult(this::isWorthRepeating)
                                .intervalBiFunction(this::millis)
                                .build())
                .asyncContext();
    }

    /** How long to wait before the next try; null when there is none. */
    @Nullable
    Duration after(Reply reply) {
        return duration(context.onResult(reply));
    }

    /** As {@link #after(Reply)}, where no answer came. */
    @Nullable
    Duration after(IOException noAnswer) {
        return duration(context.onError(noAnswer));
    }

    private boolean isWorthRepeating(Reply reply) {
        if (reply.isSuccess()) {
            return false;
        }
        Verdict.Repeat repeat = dialect.judge(reply).repeat();
        return repeat == Verdict.Repeat.AFTER_ERROR || repeat == Verdict.Repeat.WHEN_SLOWER;
    }

    private long millis(int attempt, Either<Throwable, Reply> outcome) {
        if (outcome.isLeft()) {
            return attempt < TRIES ? NO_ANSWER.apply(attempt) : STOP;
        }
        Verdict verdict = dialect.judge(outcome.get());
        if (verdict.repeat() == Verdict.Repeat.WHEN_SLOWER) {
            return Math.max(TOO_FAST.apply(attempt), verdict.atLeast().toMillis());
        }
        return attempt < TRIES
                ? Math.max(ERROR.apply(attempt), verdict.atLeast().toMillis())
                : STOP;
    }

    private static @Nullable Duration duration(long millis) {
        return millis < 0 ? null : Duration.ofMillis(millis);
    }
}
