package dev.jangbu.spark.aggregate;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Events, those of a session one after the other in their order, as facts of their sessions. Of one thread. */
final class SessionReading implements Iterator<InternalRow> {
    private final Iterator<InternalRow> events;
    private final Queue<InternalRow> facts = new ArrayDeque<>();
    private final Sequence sequence = new Sequence();
    private @Nullable SessionRead session;

    /** @param events each good until the next one is asked for */
    SessionReading(Iterator<InternalRow> events) {
        this.events = events;
    }

    @Override
    public boolean hasNext() {
        while (facts.isEmpty() && events.hasNext()) {
            read(events.next());
        }
        if (facts.isEmpty() && session != null) {
            session.end();
            session = null;
        }
        return !facts.isEmpty();
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return facts.remove();
    }

    private void read(InternalRow event) {
        SessionRead current = session;
        if (current == null || !current.has(event)) {
            if (current != null) {
                current.end();
            }
            current = new SessionRead(event, sequence, facts);
            session = current;
        }
        current.add(event);
    }
}
