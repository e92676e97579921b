package dev.jangbu.testkit;

import dev.jangbu.devsource.MariaDbServer;
import dev.jangbu.devsource.Size;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the test server's data lies. */
final class ServerFolder {
    private static final String PREFIX = "jangbu-tests-";

    private ServerFolder() {}

    /** A new folder. Those of JVMs that were killed are removed, with what still runs there: they would fill the memory. */
    static Path make() throws IOException {
        Path parent = Scratch.folder();
        for (Path folder : foldersIn(parent)) {
            if (ProcessHandle.of(makerOf(folder)).isEmpty()) {
                MariaDbServer.in(folder, folder, Size.TEST).kill();
                remove(folder);
            }
        }
        return Files.createTempDirectory(
                parent, PREFIX + ProcessHandle.current().pid() + "-");
    }

    private static List<Path> foldersIn(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry -> nameOf(entry).matches(PREFIX + "\\d{1,9}-\\d+"))
                    .filter(Files::isWritable)
                    .toList();
        }
    }

    private static long makerOf(Path folder) {
        return Long.parseLong(nameOf(folder).split("-", -1)[2]);
    }

    private static String nameOf(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            /** Another JVM was quicker. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
