package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.Failure;
import java.util.List;

/**
 * What the records of a day fail beside each other: ids, sessions, platforms. Told of every record in landing order, block
 * after block; of one thread.
 */
interface Comparison {
    void begin(Block block);

    /** Whether an ordinary record passes, with nothing to be told of it. */
    boolean passes(Block block, int record, long place);

    /** What an ordinary record fails that did not pass, in check order; as the next without {@code funnel_sequence}. */
    List<Failure> failures(Block block, int record);

    /** Everything that any other record fails, in check order. */
    List<Failure> failures(CheckedLine line, long place);

    /** The record told of last did not pass, and is kept. */
    void keep(Block block, int record, PartLedger part, List<Failure> failures);

    void end(Block block, PartLedger part);
}
