package dev.jangbu.spark.aggregate;

import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** What a user did in a session, in an hour and on a platform. */
final class Visit {
    private final Hour hour;
    private final @Nullable UTF8String user;
    private int marks;
    private long events;

    Visit(Hour hour, @Nullable UTF8String user) {
        this.hour = hour;
        this.user = user;
    }

    /** @param hour of the day, in the business zone */
    record Hour(@Nullable UTF8String platform, int hour) {}

    Hour hour() {
        return hour;
    }

    boolean isOf(@Nullable UTF8String platform, @Nullable UTF8String whose, int at) {
        return hour.hour() == at && Objects.equals(user, whose) && Objects.equals(hour.platform(), platform);
    }

    /** An event more. */
    void add(int mark) {
        marks |= mark;
        events++;
    }

    InternalRow fact(int day) {
        return SessionFacts.visit(day, hour.platform(), user, marks, events, hour.hour());
    }
}
