package dev.jangbu.spark.check;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.landing.PartInput;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.Function;

/**
 * Reads a part once: proves that it is what the manifest says, and finds where its pieces begin. A digest is of the bytes in
 * their order, so this is one task's work for each part.
 */
final class PartSurvey implements Function<Part, Surveyed> {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int BUFFER = 1 << 16;
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final long pieceBytes;

    /** @param pieceBytes how long a piece is at least, unless its part ends */
    PartSurvey(long pieceBytes) {
        this.pieceBytes = pieceBytes;
    }

    @Override
    public Surveyed call(Part part) {
        try (PartInput input = new PartInput(part.landing(), true)) {
            List<Piece.Stretch> stretches = stretches(part, input);
            input.verify();
            return new Surveyed(part, stretches, input.corrected(), input.stale(), null);
        } catch (JobFailure failure) {
            return Surveyed.failed(part, failure);
        } catch (IOException failure) {
            return Surveyed.failed(part, StorageFailure.of("cannot read", Path.of(part.file()), failure));
        }
    }

    private List<Piece.Stretch> stretches(Part part, PartInput input) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = input.readNBytes(buffer, 0, MARK.length);
        List<Piece.Stretch> stretches = new ArrayList<>();
        long from = isMark(buffer, read) ? read : 0;
        long linesBefore = 0;
        long lines = 0;
        long at = 0;
        while (read > 0) {
            for (int index = 0; index < read; index++) {
                if (buffer[index] != '\n') {
                    continue;
                }
                lines++;
                long next = at + index + 1;
                if (next - from >= pieceBytes && part.isSplit()) {
                    stretches.add(new Piece.Stretch(from, next - from, linesBefore));
                    from = next;
                    linesBefore = lines;
                }
            }
            at += read;
            read = input.read(buffer, 0, BUFFER);
        }
        if (from < at || stretches.isEmpty()) {
            stretches.add(new Piece.Stretch(from, Long.MAX_VALUE, linesBefore));
        }
        return stretches;
    }

    private static boolean isMark(byte[] bytes, int length) {
        return length == MARK.length && bytes[0] == MARK[0] && bytes[1] == MARK[1] && bytes[2] == MARK[2];
    }
}
