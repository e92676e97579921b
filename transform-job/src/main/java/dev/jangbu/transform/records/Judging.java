package dev.jangbu.transform.records;

import dev.jangbu.transform.landing.PartLines;
import java.util.function.Consumer;

/** How lines come to be judged: whatever it is, they are handed on in the order in which they came. Of one thread. */
interface Judging extends AutoCloseable {
    /** Takes a line; it, or others before it, may be handed on at once. */
    void judge(PartLines.Line line, Consumer<RecordJudge.Judged> next) throws InterruptedException;

    /** Hands on all that was taken. */
    void finish(Consumer<RecordJudge.Judged> next) throws InterruptedException;

    @Override
    void close();
}
