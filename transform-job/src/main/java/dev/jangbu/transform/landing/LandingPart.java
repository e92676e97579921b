package dev.jangbu.transform.landing;

import java.nio.file.Path;

/**
 * One file of a landing.
 *
 * @param name as the manifest has it
 * @param sha256 of its bytes on disk, as the manifest has it
 * @param corrections laid over its lines
 */
public record LandingPart(String name, Path file, String sha256, PartCorrections corrections) {
    /** A part that is read as it lies. */
    public LandingPart(String name, Path file, String sha256) {
        this(name, file, sha256, PartCorrections.NONE);
    }

    /** What it is called whichever run extracted it, packed or not: {@code part-00000.jsonl}. */
    public String key() {
        String bare = name.substring(name.lastIndexOf('/') + 1);
        return bare.endsWith(".gz") ? bare.substring(0, bare.length() - ".gz".length()) : bare;
    }

    public LandingPart with(PartCorrections laidOver) {
        return new LandingPart(name, file, sha256, laidOver);
    }

    boolean isGzip() {
        return name.endsWith(".gz");
    }
}
