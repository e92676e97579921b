package dev.jangbu.kit.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for what a run needs only while it works, removed with all in it at the end. What a killed run leaves is removed
 * by {@link DayFolder#removeHalfWritten}.
 */
public record WorkFolder(Path path) implements AutoCloseable {
    /**
     * A new, empty one.
     *
     * @param path such as {@link DayFolder#workFolder} names it
     */
    public static WorkFolder make(Path path) {
        try {
            return new WorkFolder(Files.createDirectory(path));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", path, failure);
        }
    }

    @Override
    public void close() {
        try {
            RunFolders.delete(path);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot remove", path, failure);
        }
    }
}
