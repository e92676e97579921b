package dev.jangbu.extract.simulator;

import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * One stream of random numbers for each thing that is drawn, so that no draw shifts another: a user's profile is the same
 * on all days, a session does not depend on how many users there are.
 */
record Seeds(long seed, LocalDate day) {
    private static final long PROFILE = 1;
    private static final long DAY = 2;
    private static final long VISITS = 3;
    private static final long SESSION = 4;
    private static final long FAULTS = 5;

    /** Of a user, for good. */
    SplittableRandom profile(int user) {
        return stream(PROFILE, user, 0, 0);
    }

    /** Of the day as a whole. */
    SplittableRandom wholeDay() {
        return stream(DAY, 0, 0, day.toEpochDay());
    }

    /** Whether and when a user comes on this day. */
    SplittableRandom visits(int user) {
        return stream(VISITS, user, 0, day.toEpochDay());
    }

    SplittableRandom session(int user, int session) {
        return stream(SESSION, user, session, day.toEpochDay());
    }

    /** Apart from the session's own, so that planting faults changes nothing else. */
    SplittableRandom faults(int user, int session) {
        return stream(FAULTS, user, session, day.toEpochDay());
    }

    private SplittableRandom stream(long use, long user, long session, long epochDay) {
        long mixed = mix(seed + use * 0x9E3779B97F4A7C15L);
        mixed = mix(mixed ^ epochDay);
        mixed = mix(mixed ^ ((user << 2) | session));
        return new SplittableRandom(mixed);
    }

    /** David Stafford's variant 13 of the murmur3 finaliser: near inputs, far outputs. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
