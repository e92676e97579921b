package dev.jangbu.extract.http;

import java.time.Duration;

/** Waits. A test's moves its clock instead. */
public interface Sleeper {
    void sleep(Duration duration);

    /** With the machine's time. Stops waiting when the thread is interrupted, with an {@link IllegalStateException}. */
    static Sleeper real() {
        return duration -> {
            try {
                Thread.sleep(duration.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a platform", stopped);
            }
        };
    }
}
