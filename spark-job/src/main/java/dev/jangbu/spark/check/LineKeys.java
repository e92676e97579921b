package dev.jangbu.spark.check;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.check.FunnelStep;
import dev.jangbu.transform.fast.BoundedKey;
import dev.jangbu.transform.fast.Place;
import dev.jangbu.transform.landing.PartLines;
import dev.jangbu.transform.reject.RawLine;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** What the readable lines of a piece are compared by with those of the whole day: a row a line. */
final class LineKeys implements FlatMapFunction<Piece, Row> {
    /** Columns; the ids are as transform-job keeps them, so that equal ones are equal and long ones are not carried about. */
    static final StructType SCHEMA = new StructType()
            .add("place", DataTypes.LongType)
            .add("event_id", DataTypes.StringType)
            .add("session_id", DataTypes.StringType)
            .add("platform", DataTypes.BinaryType)
            .add("step", DataTypes.StringType)
            .add("instant", DataTypes.LongType);

    @Serial
    private static final long serialVersionUID = 1;

    private final Rules rules;

    LineKeys(Rules rules) {
        this.rules = rules;
    }

    @Override
    public Iterator<Row> call(Piece piece) {
        PartLines lines = piece.lines();
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close(lines));
        return new Keys(piece, lines, rules.checker());
    }

    /** A line by itself. */
    static CheckedLine check(EventChecker checker, PartLines.Line line) {
        RawLine tooLong = line.tooLong();
        return tooLong == null
                ? checker.check(line.bytes(), 0, line.bytes().length)
                : EventChecker.tooLong(tooLong.bytes());
    }

    /** A platform as bytes, whatever a line has for one: not every text of Java's is one of Spark's. */
    static byte[] bytes(String platform) {
        return BoundedKey.ofName(platform).getBytes(StandardCharsets.UTF_16BE);
    }

    static void close(PartLines lines) {
        try {
            lines.close();
        } catch (IOException unread) {
            // All that was wanted of it was read.
            return;
        }
    }

    private static final class Keys implements Iterator<Row> {
        private final Piece piece;
        private final PartLines lines;
        private final EventChecker checker;
        private @Nullable Row next;

        Keys(Piece piece, PartLines lines, EventChecker checker) {
            this.piece = piece;
            this.lines = lines;
            this.checker = checker;
            this.next = read();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Row next() {
            Row row = next;
            if (row == null) {
                throw new NoSuchElementException();
            }
            next = read();
            return row;
        }

        private @Nullable Row read() {
            for (PartLines.Line line = lines.next(); line != null; line = lines.next()) {
                CheckedLine checked = check(checker, line);
                if (checked.eventId() != null || checked.sessionId() != null) {
                    return row(Place.of(piece.number(), line.number()), checked);
                }
            }
            return null;
        }

        private static Row row(long place, CheckedLine line) {
            boolean isTimed = line.instant() != CheckedLine.NO_TIME;
            return RowFactory.create(
                    place,
                    line.eventId() == null ? null : BoundedKey.of(line.eventId()),
                    line.sessionId() == null ? null : BoundedKey.of(line.sessionId()),
                    line.platform() == null ? null : bytes(line.platform()),
                    line.step() == FunnelStep.NONE ? null : line.step().name(),
                    isTimed ? line.instant() : null);
        }
    }
}
