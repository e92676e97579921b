package dev.jangbu.extract.simulator;

import dev.jangbu.extract.source.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Who comes when on the day: the sessions in the order they start. Eight bytes a session. */
final class VisitPlan {
    /** Longer than any session: a start is this far from the day's end at least, so that none leaves the day. */
    static final int LONGEST_SESSION_MILLIS = 20 * 60 * 1_000;

    private static final int HOUR_MILLIS = 60 * 60 * 1_000;
    private static final int DAY_MILLIS = 24 * HOUR_MILLIS;
    private static final Weights SESSIONS = Weights.of(60, 30, 10);
    private static final int MOST_SESSIONS = 3;
    private static final Weights HOURS =
            Weights.of(20, 12, 8, 6, 6, 10, 25, 50, 85, 80, 55, 55, 85, 80, 55, 50, 50, 55, 70, 95, 100, 95, 70, 40);

    private static final int SESSION_BITS = 2;
    private static final int USER_BITS = 20;
    private static final int SESSION_MASK = (1 << SESSION_BITS) - 1;
    private static final int USER_MASK = (1 << USER_BITS) - 1;

    private final long[] starts;

    private VisitPlan(long[] starts) {
        this.starts = starts;
    }

    /**
     * One session's start.
     *
     * @param user from 1
     * @param session of the user on this day, from 0
     * @param millis since the day's first instant
     */
    record Start(int user, int session, int millis) {}

    static VisitPlan of(Seeds seeds, int users, Window window) {
        double share = activeShare(seeds, window.businessDate().getDayOfWeek());
        int dayMillis = (int) Math.min(
                DAY_MILLIS, Duration.between(window.from(), window.to()).toMillis());
        long[] starts = new long[users * MOST_SESSIONS];
        int count = 0;
        for (int user = 1; user <= users; user++) {
            SplittableRandom random = seeds.visits(user);
            int sessions = random.nextDouble() < share ? 1 + SESSIONS.draw(random) : 0;
            for (int session = 0; session < sessions; session++) {
                starts[count++] = packed(user, session, startMillis(random, dayMillis));
            }
        }
        long[] sorted = Arrays.copyOf(starts, count);
        Arrays.sort(sorted);
        return new VisitPlan(sorted);
    }

    int sessions() {
        return starts.length;
    }

    Start start(int index) {
        long packed = starts[index];
        int user = (int) (packed >>> SESSION_BITS) & USER_MASK;
        return new Start(user, (int) packed & SESSION_MASK, millis(index));
    }

    int millis(int index) {
        return (int) (starts[index] >>> (SESSION_BITS + USER_BITS));
    }

    static double activeShare(Seeds seeds, DayOfWeek weekday) {
        return seeds.wholeDay().nextDouble(0.40, 0.70) * factor(weekday);
    }

    private static double factor(DayOfWeek weekday) {
        return switch (weekday) {
            case MONDAY -> 0.80;
            case TUESDAY -> 0.85;
            case WEDNESDAY, THURSDAY -> 0.90;
            case FRIDAY -> 1.00;
            case SATURDAY -> 1.30;
            case SUNDAY -> 1.20;
        };
    }

    private static int startMillis(SplittableRandom random, int dayMillis) {
        int hourStart = HOURS.draw(random) * HOUR_MILLIS;
        int room = Math.min(HOUR_MILLIS, dayMillis - LONGEST_SESSION_MILLIS - hourStart);
        return hourStart + random.nextInt(Math.max(1, room));
    }

    private static long packed(int user, int session, int millis) {
        return ((long) millis << (USER_BITS + SESSION_BITS)) | ((long) user << SESSION_BITS) | session;
    }
}
