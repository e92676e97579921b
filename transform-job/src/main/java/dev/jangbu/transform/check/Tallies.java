package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Check;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** How many each check counted and found failing, with the first few failures. Of one thread; may travel to another JVM. */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
public final class Tallies implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int EXAMPLES = 10;

    private final long[] counted = new long[Check.ALL.size()];
    private final long[] failed = new long[Check.ALL.size()];
    private final List<List<Example>> examples = new ArrayList<>();

    /** @param file as the landing's manifest names it */
    public record Example(String file, long line, String reason) implements Serializable {}

    public Tallies() {
        Check.ALL.forEach(check -> examples.add(new ArrayList<>()));
    }

    public void count(Check check, long records) {
        counted[check.ordinal()] += records;
    }

    /** Counts a line for every check that looks at it. */
    public void count(CheckedLine line) {
        count(Check.REQUIRED_FIELDS, 1);
        if (line.readable()) {
            count(Check.VALUE_RANGE, 1);
            count(Check.UNIQUE_EVENT_ID, line.eventId() == null ? 0 : 1);
            count(Check.TIMESTAMP_VALID, line.hasTimestamp() ? 1 : 0);
            count(Check.ORDER_AMOUNT, line.carriesOrder() ? 1 : 0);
            count(Check.PLATFORM_DEVICE, line.platform() == null ? 0 : 1);
        }
    }

    public void fail(Failure failure, String file, long line) {
        failed[failure.check().ordinal()]++;
        List<Example> told = examples.get(failure.check().ordinal());
        if (told.size() < EXAMPLES) {
            told.add(new Example(file, line, failure.reason()));
        }
    }

    /** Adds what was counted of the lines behind these. */
    public void add(Tallies behind) {
        for (Check check : Check.ALL) {
            counted[check.ordinal()] += behind.counted(check);
            failed[check.ordinal()] += behind.failed(check);
            List<Example> told = examples.get(check.ordinal());
            behind.examples(check).stream().limit(EXAMPLES - told.size()).forEach(told::add);
        }
    }

    public long counted(Check check) {
        return counted[check.ordinal()];
    }

    public long failed(Check check) {
        return failed[check.ordinal()];
    }

    /** The first ten, in the order in which they were found. */
    public List<Example> examples(Check check) {
        return List.copyOf(examples.get(check.ordinal()));
    }
}
