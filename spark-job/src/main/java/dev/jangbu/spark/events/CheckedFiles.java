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
 * The files of a published day.
 *
 * @param remedy what to run when one is not as its manifest says, as a sentence's end
 */
public record CheckedFiles(DayFolder folder, Manifest manifest, String remedy) {
    private static final int BUFFER = 1 << 18;

    /** In the manifest's order. */
    public List<Path> paths() {
        return manifest.files().stream().map(folder::resolve).toList();
    }

    /** @throws JobFailure when a file's bytes are not those that were published */
    public void requireUnchanged() {
        manifest.files().parallelStream().forEach(this::requireUnchanged);
    }

    private void requireUnchanged(Manifest.Entry entry) {
        Path file = folder.resolve(entry);
        String sha256 = digest(file);
        if (!sha256.equals(entry.sha256())) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    file + ": sha256 " + sha256 + " (expected: " + entry.sha256() + ", as " + folder.manifestFile()
                            + " says); " + remedy);
        }
    }

    /** Of a file's bytes, as manifests have it. */
    public static String digest(Path file) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
