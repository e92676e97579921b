package dev.jangbu.transform.landing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a part with its corrections in the place of the lines they correct. A correction whose line has another
 * hash, or is not there, is counted and not used. Memory does not grow with the part or the number of corrections. Of one
 * thread.
 */
final class CorrectedInput extends InputStream {
    private final LineInput raw;
    private final CorrectionReader corrections;
    private @Nullable Correction next;
    /** What goes out before more is read. */
    private byte[] pending = {};

    private int pendingAt;
    private long corrected;
    private long stale;

    CorrectedInput(InputStream raw, CorrectionReader corrections) {
        this.raw = new LineInput(raw);
        this.corrections = corrections;
        this.next = corrections.next();
    }

    /** Lines that were corrected so far. */
    long corrected() {
        return corrected;
    }

    /** Corrections that did not fit, so far. */
    long stale() {
        return stale;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (pendingAt == pending.length && next != null && next.line() == raw.line()) {
            correct(next);
        }
        if (pendingAt < pending.length) {
            int copied = Math.min(length, pending.length - pendingAt);
            System.arraycopy(pending, pendingAt, target, from, copied);
            pendingAt += copied;
            return copied;
        }
        int passed = raw.pass(target, from, length, next == null ? Long.MAX_VALUE : next.line());
        if (passed < 0) {
            countRest();
        }
        return passed;
    }

    @Override
    public void close() {
        corrections.close();
    }

    /** At the start of a line that has a correction: one of the two goes out. */
    private void correct(Correction correction) throws IOException {
        boolean isFirst = raw.line() == 1;
        LineInput.Line line = raw.readLine(LandingLine.LONGEST);
        next = corrections.next();
        pendingAt = 0;
        if (line.isWhole() && LandingLine.of(line, isFirst).sha256().equals(correction.rawSha256())) {
            corrected++;
            pending = (correction.corrected() + (line.hasBreak() ? "\n" : "")).getBytes(StandardCharsets.UTF_8);
        } else {
            stale++;
            pending = line.bytes();
        }
    }

    /** At the end of the part: what is left corrects lines it does not have. */
    private void countRest() {
        while (next != null) {
            stale++;
            next = corrections.next();
        }
    }
}
