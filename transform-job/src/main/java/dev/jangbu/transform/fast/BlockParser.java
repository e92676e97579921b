package dev.jangbu.transform.fast;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.check.FunnelStep;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.EventType;
import dev.jangbu.transform.contract.Field;
import java.time.LocalDate;

/** Finds the records of a block, one worker's part of the work. Of one thread. */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
final class BlockParser {
    private static final int SESSION = Field.SESSION_ID.ordinal();
    private static final int PLATFORM = Field.PLATFORM.ordinal();
    private static final int TYPE = Field.EVENT_TYPE.ordinal();
    private static final FunnelStep[] STEPS = steps();

    private final EventChecker checker;
    private final EventScanner scanner;
    private final RowFormat rowFormat;

    BlockParser(Contract contract, BusinessCalendar calendar, LocalDate businessDate, EventChecker checker) {
        this.checker = checker;
        this.scanner = new EventScanner(contract, calendar, businessDate);
        this.rowFormat = new RowFormat(businessDate);
    }

    void parse(Block block) {
        Records records = block.records;
        if (block.tooLong != null) {
            records.lines = 1;
            add(records, 0, 0, 0, EventChecker.tooLong(block.tooLong.bytes()));
            return;
        }
        byte[] data = block.data;
        for (int at = 0; at < block.length; records.lines++) {
            int end = scanner.scan(data, at);
            if (end != EventScanner.NONE && end - at <= Json.LINE_LIMIT) {
                addOrdinary(records, data, at, end);
            } else {
                end = Lines.end(data, at);
                addOther(records, data, at, end);
            }
            at = end + 1;
        }
    }

    private void addOrdinary(Records records, byte[] data, int from, int to) {
        int index = records.next();
        records.line[index] = records.lines;
        records.from[index] = from;
        records.to[index] = to;
        records.idHigh[index] = scanner.idHigh;
        records.idLow[index] = scanner.idLow;
        int sessionFrom = scanner.from[SESSION];
        int sessionTo = scanner.to[SESSION];
        records.sessionFrom[index] = sessionFrom;
        records.sessionTo[index] = sessionTo;
        records.sessionHash[index] = KeyHash.of(data, sessionFrom, sessionTo - sessionFrom);
        records.instant[index] = scanner.instant;
        records.platform[index] = (byte) scanner.word[PLATFORM];
        records.step[index] = (byte) STEPS[scanner.word[TYPE]].ordinal();
        records.carriesOrder[index] = scanner.carriesOrder();
        // The products of an order double their quotes.
        records.reserve(2 * (to - from) + RowFormat.OVERHEAD);
        records.rowsEnd = rowFormat.write(scanner, data, records.rows, records.rowsEnd);
        records.rowEnd[index] = records.rowsEnd;
    }

    private void addOther(Records records, byte[] data, int from, int to) {
        if (!Lines.isBlank(data, from, to)) {
            add(records, records.lines, from, to, checker.check(data, from, to - from));
        }
    }

    private static void add(Records records, int line, int from, int to, CheckedLine checked) {
        int index = records.next();
        records.line[index] = line;
        records.from[index] = from;
        records.to[index] = to;
        records.checked[index] = checked;
        byte[] row = checked.row();
        if (row != null) {
            records.reserve(row.length);
            System.arraycopy(row, 0, records.rows, records.rowsEnd, row.length);
            records.rowsEnd += row.length;
        }
        records.rowEnd[index] = records.rowsEnd;
    }

    private static FunnelStep[] steps() {
        FunnelStep[] steps = new FunnelStep[EventType.values().length];
        for (EventType type : EventType.values()) {
            steps[type.ordinal()] = FunnelStep.of(type);
        }
        return steps;
    }
}
