package dev.jangbu.spark.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Spark keeps what does not fit into memory, if it was told (env {@code SPARK_LOCAL_DIRS}): rows of people among it. A run
 * that ends removes its own; what killed ones left goes when it is a day old, which no run lasts.
 */
final class Scratch {
    private static final Logger log = LoggerFactory.getLogger(Scratch.class);
    private static final String SETTING = "SPARK_LOCAL_DIRS";
    private static final Duration LEFT = Duration.ofDays(1);
    private static final List<String> NAMES = List.of("blockmgr-", "spark-");

    private Scratch() {}

    /** Best effort: another run may be at it too, and none fails for it. */
    static void tidy(Instant now) {
        String folder = System.getenv().getOrDefault(SETTING, "");
        if (!folder.isEmpty() && Files.isDirectory(Path.of(folder))) {
            tidy(Path.of(folder), now.minus(LEFT));
        }
    }

    static void tidy(Path folder, Instant before) {
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(Scratch::isOfSpark)
                    .filter(child -> isOlder(child, before))
                    .forEach(Scratch::remove);
        } catch (IOException | UncheckedIOException failure) {
            log.warn("scratch={} state=not_tidied reason=\"{}\"", folder, failure.getMessage());
        }
    }

    private static boolean isOfSpark(Path child) {
        return NAMES.stream().anyMatch(child.getFileName().toString()::startsWith);
    }

    private static boolean isOlder(Path child, Instant before) {
        try {
            return Files.getLastModifiedTime(child).toInstant().isBefore(before);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
            log.info("scratch={} state=removed", folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
