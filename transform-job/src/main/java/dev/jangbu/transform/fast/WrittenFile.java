package dev.jangbu.transform.fast;

import java.nio.file.Path;

/** A file that was written whole. */
public record WrittenFile(Path file, long bytes, String sha256) {}
