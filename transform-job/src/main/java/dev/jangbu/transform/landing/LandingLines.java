package dev.jangbu.transform.landing;

import dev.jangbu.kit.workspace.StorageFailure;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches lines of a part by their number, in order, as they lie in the landing: without corrections,
 * and without proof that they are what the manifest says. Of one thread.
 */
public final class LandingLines implements Closeable {
    private final LandingPart part;
    private final PartInput input;
    private final LineInput lines;

    public LandingLines(LandingPart part) {
        this.part = part.with(PartCorrections.NONE);
        try {
            this.input = new PartInput(this.part, false);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", part.file(), failure);
        }
        this.lines = new LineInput(input);
    }

    /**
     * The line; null where the part ends before it.
     *
     * @param number counted from 1, above that of the line before
     */
    public @Nullable LandingLine read(long number) {
        try {
            return lines.skipTo(number) ? LandingLine.of(lines.readLine(LandingLine.LONGEST), number == 1) : null;
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", part.file(), failure);
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
