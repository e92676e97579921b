package dev.jangbu.devdatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a running server says of itself in {@code postmaster.pid}; after a kill the file is still there. */
record ProcessFile(long processId, int port) {
    private static final int PROCESS_LINE = 0;
    private static final int PORT_LINE = 3;

    /** Empty where there is none, or it is not yet whole. */
    static Optional<ProcessFile> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            return Optional.of(new ProcessFile(
                    Long.parseLong(lines.get(PROCESS_LINE).strip()),
                    Integer.parseInt(lines.get(PORT_LINE).strip())));
        } catch (IOException | NumberFormatException absent) {
            return Optional.empty();
        }
    }
}
