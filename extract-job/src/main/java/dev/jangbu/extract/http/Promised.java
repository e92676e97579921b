package dev.jangbu.extract.http;

import org.jspecify.annotations.Nullable;

/** What an answer must hold; asked by the compact constructors of what answers are read into. */
public final class Promised {
    private Promised() {}

    /** @throws Absent when it is not there; reading then fails as {@link FailureKind#SCHEMA} */
    public static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new Absent(name);
        }
        return value;
    }

    /** A promise that an answer did not keep. */
    static final class Absent extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Absent(String name) {
            super(name + ": missing (expected: as the platform promises)");
        }
    }
}
