package dev.jangbu.extract;

import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an extraction does about late files: those that were appended to the day before, and one that is handed in now. */
sealed interface LateFiles {
    /** The day is extracted; late files appended to it before stay behind what is extracted. */
    record Kept() implements LateFiles {}

    /** The day is extracted; late files appended to it before are left out. */
    record Dropped() implements LateFiles {}

    /** The landing stays as it is; this file's rows come behind it. */
    record Appended(Path file) implements LateFiles {
        /** Of the file's bytes as it was handed in. */
        String sha256() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (IOException failure) {
                throw StorageFailure.of("cannot read", file, failure);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has SHA-256", impossible);
            }
        }
    }
}
