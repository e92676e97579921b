package dev.jangbu.transform.fast;

import java.nio.file.Path;

/**
 * One file of a landing.
 *
 * @param name as the manifest has it
 * @param sha256 of its bytes on disk, as the manifest has it
 */
public record LandingPart(String name, Path file, String sha256) {
    boolean isGzip() {
        return name.endsWith(".gz");
    }
}
