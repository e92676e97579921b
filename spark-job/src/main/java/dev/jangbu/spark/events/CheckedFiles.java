package dev.jangbu.spark.events;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of a day that was published in a workspace.
 *
 * @param remedy what to run when one is not as its manifest says, as a sentence's end
 */
public record CheckedFiles(DayFolder day, Manifest manifest, String remedy) implements PublishedFiles {
    private static final int BUFFER = 1 << 18;

    @Override
    public String folder() {
        return day.path().toString();
    }

    @Override
    public String manifestFile() {
        return day.manifestFile().toString();
    }

    @Override
    public List<String> urls() {
        return manifest.files().stream()
                .map(file -> day.resolve(file).toUri().toString())
                .toList();
    }

    @Override
    public InputStream open(Manifest.Entry file) throws IOException {
        return Files.newInputStream(day.resolve(file));
    }

    @Override
    public void requireUnchanged() {
        manifest.files().parallelStream().forEach(this::requireUnchanged);
    }

    private void requireUnchanged(Manifest.Entry entry) {
        Path file = day.resolve(entry);
        String sha256 = digest(file);
        if (!sha256.equals(entry.sha256())) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    file + ": sha256 " + sha256 + " (expected: " + entry.sha256() + ", as " + manifestFile()
                            + " says); " + remedy);
        }
    }

    /** Of a file's bytes, as manifests have it. */
    public static String digest(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return digest(bytes);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
    }

    /** Of what is left of a stream. */
    public static String digest(InputStream bytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
