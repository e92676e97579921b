package dev.jangbu.load.clean;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Manifest;
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

/** One clean file on its way into PostgreSQL: what is sent is hashed, and must be what transform-job checked. */
public final class CleanFile {
    private final Path path;
    private final Manifest.Entry entry;

    public CleanFile(Path path, Manifest.Entry entry) {
        this.path = path;
        this.entry = entry;
    }

    public Manifest.Entry entry() {
        return entry;
    }

    /** The file's bytes; pass the stream to {@link #requireUnchanged} after. */
    DigestInputStream open() {
        InputStream bytes = null;
        try {
            bytes = Files.newInputStream(path);
            return new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", path, failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads what is left; throws {@link JobFailure} when the bytes are not those that were checked. */
    void requireUnchanged(DigestInputStream sent) throws IOException {
        sent.transferTo(OutputStream.nullOutputStream());
        String sha256 = HexFormat.of().formatHex(sent.getMessageDigest().digest());
        if (!sha256.equals(entry.sha256())) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    path + ": sha256 " + sha256 + " (expected: " + entry.sha256()
                            + ", as it was checked); nothing was loaded, run transform-job again");
        }
    }
}
