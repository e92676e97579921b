package dev.jangbu.transform.replay;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fix.Fix;
import dev.jangbu.transform.landing.Correction;
import dev.jangbu.transform.landing.CorrectionReader;
import dev.jangbu.transform.landing.CorrectionSet;
import dev.jangbu.transform.landing.LandingLine;
import dev.jangbu.transform.landing.LandingLines;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.reject.RejectedLine;
import dev.jangbu.transform.reject.RejectedLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the corrections of a day: those in force that still fit, and new ones for the selected rejects that the rules put
 * right. Rejects, corrections and landing are walked together in the order of their lines; nothing but a bit a rejected
 * line is held. Of one thread; for one day.
 */
public final class Correcting {
    private final ReplayOptions options;
    private final String runId;
    private final Judge judge;
    private final CorrectionSet inForce;
    private final Corrected corrected = new Corrected();

    /** Takes the corrections of a day, part after part and line after line. */
    public interface Sink {
        /** @param isNew made by this replay */
        void take(LandingPart part, Correction correction, boolean isNew);

        /** The part is done. */
        void end(LandingPart part);
    }

    public Correcting(
            ReplayOptions options, String runId, Contract contract, EventChecker checker, CorrectionSet inForce) {
        this.options = options;
        this.runId = runId;
        this.judge = new Judge(contract, checker);
        this.inForce = inForce;
    }

    /**
     * @param landing the day's parts
     * @param rejects the rejects files of the last run, one a part at most
     * @throws JobFailure when the rejects are not of this landing
     */
    public Corrected run(List<LandingPart> landing, List<Path> rejects, Sink sink) {
        Map<String, Path> rejectsOf = new HashMap<>();
        for (Path file : rejects) {
            try (RejectedLines lines = new RejectedLines(file)) {
                @Nullable RejectedLine first = lines.next();
                if (first != null) {
                    rejectsOf.put(first.file(), file);
                }
            }
        }
        for (LandingPart part : landing) {
            correct(part, rejectsOf.remove(part.name()), sink);
            sink.end(part);
        }
        if (!rejectsOf.isEmpty()) {
            throw otherLanding(rejectsOf.values().iterator().next());
        }
        if (!options.discard()) {
            corrected.dropped += inForce.without(landing);
        }
        return corrected;
    }

    private void correct(LandingPart part, @Nullable Path rejectsFile, Sink sink) {
        try (Selected selected = new Selected(rejectsFile, options, corrected);
                Old old = new Old(options.discard() ? CorrectionSet.EMPTY : inForce, part);
                LandingLines lines = new LandingLines(part)) {
            if (options.fix() == null) {
                selected.skip();
            }
            while (selected.next() != null || old.next() != null) {
                long number = Math.min(selected.line(), old.line());
                @Nullable LandingLine line = lines.read(number);
                @Nullable RejectedLine rejected = selected.line() == number ? selected.take() : null;
                @Nullable Correction held = old.line() == number ? old.take() : null;
                if (line == null && rejected != null) {
                    throw otherLanding(part.file());
                }
                correct(new Case(part, number, line, rejected), held, sink);
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", part.file(), failure);
        }
    }

    /** A line of the landing that is rejected, or corrected already, or both. */
    private record Case(
            LandingPart part,
            long number,
            @Nullable LandingLine line,
            @Nullable RejectedLine rejected) {}

    private void correct(Case at, @Nullable Correction held, Sink sink) {
        LandingLine line = at.line();
        boolean fits =
                held != null && line != null && line.isWhole() && line.sha256().equals(held.rawSha256());
        corrected.dropped += held != null && !fits ? 1 : 0;
        @Nullable Correction kept = fits ? held : null;
        @Nullable Correction made = line == null || at.rejected() == null ? null : made(at, line, at.rejected(), kept);
        if (made != null || kept != null) {
            corrected.inForce++;
            sink.take(at.part(), made == null ? Objects.requireNonNull(kept) : made, made != null);
        }
    }

    private @Nullable Correction made(Case at, LandingLine line, RejectedLine rejected, @Nullable Correction kept) {
        @Nullable Fix fix = options.fix();
        if (fix == null) {
            return null;
        }
        byte[] readBefore = kept == null ? line.bytes() : kept.corrected().getBytes(StandardCharsets.UTF_8);
        Judge.Judged judged = judge.judge(fix, line, rejected, readBefore);
        corrected.count(judged.fate(), at.part().key() + ":" + at.number() + " " + judged.told());
        return judged.text() == null ? null : new Correction(at.number(), line.sha256(), runId, judged.text());
    }

    private static JobFailure otherLanding(Path file) {
        return new JobFailure(
                ExitCode.FAILED,
                file + ": the rejects are not of the landing that is there now; run transform-job for the day first");
    }

    /** The selected lines of a rejects file; all of them are counted on the way. */
    private static final class Selected implements AutoCloseable {
        private final @Nullable RejectedLines lines;
        private final ReplayOptions options;
        private final Corrected corrected;
        private @Nullable RejectedLine next;

        Selected(@Nullable Path file, ReplayOptions options, Corrected corrected) {
            this.lines = file == null ? null : new RejectedLines(file);
            this.options = options;
            this.corrected = corrected;
            advance();
        }

        @Nullable
        RejectedLine next() {
            return next;
        }

        long line() {
            return next == null ? Long.MAX_VALUE : next.line();
        }

        @Nullable
        RejectedLine take() {
            RejectedLine taken = next;
            advance();
            return taken;
        }

        /** Counts the rest. */
        void skip() {
            while (next != null) {
                advance();
            }
        }

        private void advance() {
            next = read();
            while (next != null && !options.selects(next)) {
                next = read();
            }
            if (next != null) {
                corrected.selected.add(next.file(), next.line());
            }
        }

        private @Nullable RejectedLine read() {
            RejectedLine read = lines == null ? null : lines.next();
            if (read != null) {
                corrected.rejectedBefore.add(read.file(), read.line());
            }
            return read;
        }

        @Override
        public void close() {
            if (lines != null) {
                lines.close();
            }
        }
    }

    /** The corrections of a part that are in force. */
    private static final class Old implements AutoCloseable {
        private final @Nullable CorrectionReader corrections;
        private @Nullable Correction next;

        Old(CorrectionSet inForce, LandingPart part) throws IOException {
            this.corrections = inForce.of(part).isEmpty()
                    ? null
                    : new CorrectionReader(inForce.of(part).file());
            this.next = corrections == null ? null : corrections.next();
        }

        @Nullable
        Correction next() {
            return next;
        }

        long line() {
            return next == null ? Long.MAX_VALUE : next.line();
        }

        @Nullable
        Correction take() {
            Correction taken = next;
            next = corrections == null ? null : corrections.next();
            return taken;
        }

        @Override
        public void close() {
            if (corrections != null) {
                corrections.close();
            }
        }
    }
}
