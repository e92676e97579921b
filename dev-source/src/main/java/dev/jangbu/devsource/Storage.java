package dev.jangbu.devsource;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Files: private ones written whole or not at all, trees removed, refusals told in one line. */
final class Storage {
    private Storage() {}

    static Path createFolder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException failure) {
            throw refusal("cannot make", folder, failure);
        }
    }

    /** Writes a file only its owner may read; on any failure the old one still stands. */
    static Path writePrivate(Path file, String content) {
        Path temporary = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, content);
            return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw refusal("cannot write", file, failure);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw refusal("cannot read", file, failure);
        }
    }

    /** Removes a folder and all in it; does nothing where there is none. */
    static void removeTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw refusal("cannot remove", folder, failure);
        }
    }

    static Refusal refusal(String what, Path path, IOException failure) {
        return new Refusal(what + " " + path + ": " + failure.getMessage(), failure);
    }
}
