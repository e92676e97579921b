package dev.jangbu.spark.aggregate;

import static org.apache.spark.sql.functions.col;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Events, those of a session one after the other in their order, as a row a session. Of one thread. */
final class SessionReading implements Iterator<Row> {
    /** What it takes of an event. */
    static final Column[] EVENT = {col("day"), col("session_id"), col("at"), col("event_type")};

    /** What it gives. */
    static final StructType SESSION = new StructType()
            .add("day", DataTypes.IntegerType)
            .add("session_id", DataTypes.StringType)
            .add("event_sequence", DataTypes.StringType)
            .add("event_count", DataTypes.LongType)
            .add("micros", DataTypes.LongType)
            .add("is_purchased", DataTypes.BooleanType);

    private static final int DAY = 0;
    private static final int SESSION_ID = 1;
    private static final int AT = 2;
    private static final int TYPE = 3;
    private static final String BETWEEN = " > ";
    private static final String PURCHASE = "purchase";

    private final Iterator<Row> events;
    /** The first event of the next session. */
    private @Nullable Row ahead;

    SessionReading(Iterator<Row> events) {
        this.events = events;
        this.ahead = read();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public Row next() {
        Row first = ahead;
        if (first == null) {
            throw new NoSuchElementException();
        }
        StringBuilder sequence = new StringBuilder(first.getString(TYPE));
        boolean isPurchased = first.getString(TYPE).equals(PURCHASE);
        long count = 1;
        Row last = first;
        for (Row event = read(); ; event = read()) {
            if (event == null || !isSameSession(first, event)) {
                ahead = event;
                break;
            }
            sequence.append(BETWEEN).append(event.getString(TYPE));
            isPurchased |= event.getString(TYPE).equals(PURCHASE);
            count++;
            last = event;
        }
        long micros = last.getLong(AT) - first.getLong(AT);
        return RowFactory.create(
                first.get(DAY), first.get(SESSION_ID), sequence.toString(), count, micros, isPurchased);
    }

    private @Nullable Row read() {
        return events.hasNext() ? events.next() : null;
    }

    private static boolean isSameSession(Row one, Row other) {
        return Objects.equals(one.get(SESSION_ID), other.get(SESSION_ID)) && one.getInt(DAY) == other.getInt(DAY);
    }
}
