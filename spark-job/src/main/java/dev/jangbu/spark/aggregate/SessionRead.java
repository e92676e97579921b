package dev.jangbu.spark.aggregate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A session while its events come, in their order. Only its text grows with them. */
final class SessionRead {
    /** Visits, or products, that are held at once; more of them are told in parts. */
    private static final int HELD = 64;

    private final Queue<InternalRow> facts;
    private final Sequence sequence;
    private final int day;
    private final @Nullable UTF8String id;
    private final long first;
    private long last;
    private long count;
    private int marks;
    private final List<Visit> visits = new ArrayList<>(2);
    private final List<Touch> touches = new ArrayList<>(4);
    /** Those told already. */
    private final Set<Visit.Hour> hours = new HashSet<>(0);

    /** @param facts where they go */
    SessionRead(InternalRow event, Sequence sequence, Queue<InternalRow> facts) {
        this.facts = facts;
        this.sequence = sequence;
        this.day = event.getInt(SessionFacts.DAY);
        this.id = kept(event.getUTF8String(SessionFacts.SESSION_ID));
        this.first = event.getLong(SessionFacts.AT);
        sequence.begin();
    }

    boolean has(InternalRow event) {
        return event.getInt(SessionFacts.DAY) == day
                && Objects.equals(event.getUTF8String(SessionFacts.SESSION_ID), id);
    }

    void add(InternalRow event) {
        UTF8String type = event.getUTF8String(SessionFacts.EVENT_TYPE);
        int mark = Marks.of(type);
        sequence.add(type);
        marks |= mark;
        count++;
        last = event.getLong(SessionFacts.AT);
        visit(event, mark);
        if (mark == Marks.PURCHASE) {
            purchase(event);
        } else if (mark == Marks.CLICK || mark == Marks.CART) {
            touch(event, mark);
        }
    }

    void end() {
        facts.add(SessionFacts.session(day, id, sequence.text(), marks, count, last - first));
        tellVisits();
        tellTouches();
    }

    private void visit(InternalRow event, int mark) {
        UTF8String platform = event.getUTF8String(SessionFacts.PLATFORM);
        UTF8String user = event.getUTF8String(SessionFacts.USER_ID);
        int hour = event.getInt(SessionFacts.HOUR);
        for (Visit visit : visits) {
            if (visit.isOf(platform, user, hour)) {
                visit.add(mark);
                return;
            }
        }
        if (visits.size() == HELD) {
            visits.forEach(visit -> hours.add(visit.hour()));
            tellVisits();
        }
        Visit visit = new Visit(new Visit.Hour(kept(platform), hour), kept(user));
        visit.add(id != null && isFirst(visit.hour()) ? mark | Marks.FIRST_OF_HOUR : mark);
        visits.add(visit);
    }

    /** Whether the session was not there in this hour, on this platform, before. */
    private boolean isFirst(Visit.Hour hour) {
        for (Visit visit : visits) {
            if (visit.hour().equals(hour)) {
                return false;
            }
        }
        return hours.isEmpty() || !hours.contains(hour);
    }

    private void purchase(InternalRow event) {
        UTF8String products = event.getUTF8String(SessionFacts.PRODUCTS);
        if (products != null) {
            facts.add(SessionFacts.purchase(
                    day,
                    kept(event.getUTF8String(SessionFacts.EVENT_ID)),
                    kept(event.getUTF8String(SessionFacts.USER_ID)),
                    products.copy()));
        }
    }

    private void touch(InternalRow event, int mark) {
        UTF8String product = event.getUTF8String(SessionFacts.PRODUCT_ID);
        if (product == null) {
            return;
        }
        UTF8String user = event.getUTF8String(SessionFacts.USER_ID);
        for (Touch touch : touches) {
            if (touch.isOf(product, user)) {
                touch.add(mark);
                return;
            }
        }
        if (touches.size() == HELD) {
            tellTouches();
        }
        Touch touch = new Touch(product.copy(), kept(user));
        touch.add(mark);
        touches.add(touch);
    }

    private void tellVisits() {
        visits.forEach(visit -> facts.add(visit.fact(day)));
        visits.clear();
    }

    private void tellTouches() {
        touches.forEach(touch -> facts.add(touch.fact(day)));
        touches.clear();
    }

    /** Texts of an event are good as long as the event is. */
    private static @Nullable UTF8String kept(@Nullable UTF8String text) {
        return text == null ? null : text.copy();
    }
}
