package dev.jangbu.transform.landing;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.MappingIterator;

/** Reads a file of corrections, one at a time. Of one thread. */
public final class CorrectionReader implements Closeable {
    private final Path file;
    private final MappingIterator<Correction> corrections;
    private long line;

    public CorrectionReader(Path file) throws IOException {
        this.file = file;
        this.corrections = Json.mapper().readerFor(Correction.class).readValues(Files.newInputStream(file));
    }

    /**
     * The next one; null at the end.
     *
     * @throws JobFailure when the file is none of corrections in the order of their lines
     */
    public @Nullable Correction next() {
        try {
            if (!corrections.hasNext()) {
                return null;
            }
            Correction next = corrections.next();
            if (next.line() <= line) {
                throw broken("line " + next.line() + " after line " + line, null);
            }
            line = next.line();
            return next;
        } catch (DatabindException | IllegalArgumentException notOne) {
            throw broken("no correction after line " + line, notOne);
        } catch (JacksonException notJson) {
            throw broken("not JSON after line " + line, notJson);
        }
    }

    @Override
    public void close() {
        corrections.close();
    }

    private JobFailure broken(String what, @Nullable Exception cause) {
        return new JobFailure(
                ExitCode.FAILED,
                file + ": " + what + " (expected: corrections in the order of their lines); take them back by"
                        + " `transform-job replay events --ds … --discard`, then replay again",
                cause);
    }
}
