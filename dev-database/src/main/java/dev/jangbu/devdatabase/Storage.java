package dev.jangbu.devdatabase;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files: private ones written whole or not at all, trees removed, refusals told in one line. */
final class Storage {
    private Storage() {}

    /** Writes a file only the owner of its folder may read; on any failure the old one still stands. */
    static void writePrivate(Path file, String content) {
        Path temporary = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(temporary);
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer buffer = StandardCharsets.UTF_8.encode(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            giveToOwnerOfFolder(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw refusal("cannot write", file, failure);
        }
    }

    /** Root may write in a folder of another user's. */
    private static void giveToOwnerOfFolder(Path file) throws IOException {
        UserPrincipal owner = Files.getOwner(Objects.requireNonNull(file.getParent()));
        if (!Files.getOwner(file).equals(owner)) {
            Files.setOwner(file, owner);
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
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw refusal("cannot remove", folder, failure);
        }
    }

    /** Removes a folder and all in it, unless somebody is writing there just now; the next start tries again. */
    static void removeTreeIfStill(Path folder) {
        try {
            removeTree(folder);
        } catch (Refusal stillWritten) {
            // Nothing reads it; it costs some tens of megabytes until then.
        }
    }

    /** Makes the names in a folder durable. */
    static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException failure) {
            throw refusal("cannot write", folder, failure);
        }
    }

    static Refusal refusal(String what, Path path, IOException failure) {
        return new Refusal(what + " " + path + ": " + reason(failure), failure);
    }

    private static String reason(IOException failure) {
        @Nullable
        String told = failure instanceof FileSystemException fileSystem ? fileSystem.getReason() : failure.getMessage();
        String text = told == null ? failure.getClass().getSimpleName() : told;
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota")) {
            return "no space left on the disk; free some and run again";
        }
        if (lower.contains("read-only")) {
            return "the file system is read-only; pass --workspace with a folder that can be written";
        }
        if (failure instanceof AccessDeniedException || lower.contains("permission denied")) {
            return "permission denied; pass --workspace with a folder of your own";
        }
        return text;
    }
}
