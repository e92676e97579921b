package dev.jangbu.extract.http;

import java.time.Duration;

/**
 * How many calls a platform takes from one address, of all accounts together.
 *
 * @param platform a short name: of the file the processes share
 * @param within any such stretch of time holds no more
 */
public record AddressLimit(String platform, int calls, Duration within) {
    public AddressLimit {
        if (calls < 1 || within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException(
                    platform + ": " + calls + " calls within " + within + " (expected: >= 1, > 0)");
        }
    }
}
