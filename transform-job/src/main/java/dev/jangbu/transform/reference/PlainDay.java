package dev.jangbu.transform.reference;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.DayRules;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.check.Verdict;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.reject.RawLine;
import dev.jangbu.transform.reject.RefusedLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The seven checks over one day, line after line. Of one thread; for one day. */
public final class PlainDay {
    private final Contract contract;
    private final EventChecker checker;
    private final Tallies tallies = new Tallies();
    private final Set<String> eventIds = new HashSet<>();
    private final Map<String, String> firstPlatforms = new HashMap<>();
    private final Map<String, PlainSession> sessions = new LinkedHashMap<>();
    private final List<PlainPart> parts = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Kept(
            PlainPart part,
            long line,
            byte[] bytes,
            @Nullable String sessionId,
            List<Failure> failures) {}

    public PlainDay(Contract contract, EventChecker checker) {
        this.contract = contract;
        this.checker = checker;
    }

    /** Reads the next part of the landing, as its bytes without any packing. */
    public void read(String name, byte[] content) {
        PlainPart part = new PlainPart(name);
        parts.add(part);
        long line = 0;
        for (byte[] bytes : PlainLines.of(content)) {
            line++;
            if (!PlainLines.isBlank(bytes)) {
                judge(part, line, bytes);
            }
        }
    }

    /** Ends the day: judges its sessions. */
    public Tallies finish() {
        List<PlainSession> failing = new ArrayList<>();
        for (PlainSession session : sessions.values()) {
            tallies.count(Check.FUNNEL_SEQUENCE, 1);
            if (session.failure() != null) {
                failing.add(session);
            }
        }
        failing.sort(Comparator.comparing(PlainSession::failingPosition));
        for (PlainSession session : failing) {
            PlainSession.Step step = session.failingStep();
            tallies.fail(session.requireFailure(), step.file(), step.line());
        }
        kept.forEach(this::flag);
        return tallies;
    }

    public List<PlainPart> parts() {
        return List.copyOf(parts);
    }

    private void judge(PlainPart part, long line, byte[] bytes) {
        CheckedLine checked = checker.check(bytes, 0, bytes.length);
        tallies.count(checked);
        List<Failure> failures = new ArrayList<>(checked.failures());
        if (checked.eventId() != null && !eventIds.add(checked.eventId())) {
            failures.add(DayRules.REPEATED);
        }
        comparePlatform(checked, failures);
        failures.sort(Comparator.comparing(Failure::check));
        if (checked.sessionId() != null && checked.instant() != CheckedLine.NO_TIME) {
            sessions.computeIfAbsent(checked.sessionId(), id -> new PlainSession())
                    .add(new PlainSession.Step(checked.instant(), parts.size(), part.name(), line, checked.step()));
        }
        failures.forEach(failure -> tallies.fail(failure, part.name(), line));
        byte[] row = checked.row();
        Check rejectedBy = Verdict.of(contract, failures, row != null).rejectedBy();
        part.add(rejectedBy, row, () -> RefusedLine.write(part.name(), line, Failure.told(failures), raw(bytes)));
        if (rejectedBy == null) {
            kept.add(new Kept(part, line, bytes, checked.sessionId(), failures));
        }
    }

    private void comparePlatform(CheckedLine checked, List<Failure> failures) {
        if (checked.sessionId() == null || checked.platform() == null) {
            return;
        }
        String first = firstPlatforms.computeIfAbsent(checked.sessionId(), id -> checked.platform());
        boolean isTold = failures.stream().anyMatch(failure -> failure.check() == Check.PLATFORM_DEVICE);
        if (!first.equals(checked.platform()) && !isTold) {
            failures.add(DayRules.otherPlatform(checked.platform(), first));
        }
    }

    private void flag(Kept record) {
        List<Failure> failures = new ArrayList<>(record.failures());
        PlainSession session = record.sessionId() == null ? null : sessions.get(record.sessionId());
        if (session != null && session.failure() != null) {
            failures.add(session.requireFailure());
        }
        if (!failures.isEmpty()) {
            failures.sort(Comparator.comparing(Failure::check));
            record.part()
                    .flag(RefusedLine.write(
                            record.part().name(), record.line(), Failure.told(failures), raw(record.bytes())));
        }
    }

    private static RawLine raw(byte[] bytes) {
        return RawLine.of(bytes, 0, bytes.length);
    }
}
