package dev.jangbu.kit.workspace;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/** A manifest as the file {@code manifest.json}: keys in snake case, times in UTC. */
final class ManifestJson {
    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        return Json.pretty(manifest);
    }

    static Manifest read(Path file, String remedy) {
        try {
            return Json.mapper().readValue(Files.readAllBytes(file), Manifest.class);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        } catch (JacksonException | IllegalArgumentException failure) {
            throw new JobFailure(ExitCode.FAILED, file + ": not a manifest this version reads; " + remedy, failure);
        }
    }
}
