package dev.jangbu.transform.output;

import java.nio.file.Path;

/** A file that was written whole. */
public record WrittenFile(Path file, long bytes, String sha256) {}
