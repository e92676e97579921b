package dev.jangbu.transform.records;

import dev.jangbu.kit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The records of the test resources. */
public final class Samples {
    private Samples() {}

    /** On one line. */
    public static String of(String name) {
        try {
            return Json.line(Json.mapper().readTree(Files.readString(Path.of("src/test/resources/records", name))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
