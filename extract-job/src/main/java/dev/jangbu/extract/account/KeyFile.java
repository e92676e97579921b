package dev.jangbu.extract.account;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;

/**
 * The file of the key that seals credentials: a Tink keyset, for its owner's eyes only. It may hold older keys beside the
 * one that seals, so that what they sealed still opens.
 */
final class KeyFile {
    /** The setting that names the file. */
    static final String SETTING = "JANGBU_CREDENTIAL_KEY_FILE";

    private final Path file;

    KeyFile(Path file) {
        this.file = file;
        register();
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when the setting is missing */
    static KeyFile from(Map<String, String> environment) {
        String file = environment.getOrDefault(SETTING, "");
        if (file.isBlank()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    SETTING + ": not set (expected: the key's file, made by extract-job accounts key --new FILE)");
        }
        return new KeyFile(Path.of(file));
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when the file cannot be read or is no key */
    KeysetHandle read() {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
        } catch (IOException | GeneralSecurityException | RuntimeException withheld) {
            // Not as the cause: it may quote the key.
            throw new JobFailure(
                    ExitCode.USAGE,
                    SETTING + ": " + file
                            + " (expected: a key that extract-job accounts key --new made and this user may read)");
        }
    }

    /** Makes a key; never over a file that is there. */
    void create() {
        try {
            write(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), file);
        } catch (FileAlreadyExistsException exists) {
            throw new JobFailure(
                    ExitCode.USAGE, "--new: " + file + " is there already (expected: a new file, or --renew)");
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", file, failure);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Adds a key, which seals from now on. The older ones stay until {@link #keepOnlySealing}. */
    KeysetHandle renew() {
        KeysetHandle before = read();
        try {
            KeysetHandle after = KeysetHandle.newBuilder(before)
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build();
            replace(after);
            return after;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Forgets the keys that no longer seal. */
    void keepOnlySealing() {
        KeysetHandle before = read();
        try {
            replace(KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(before.getPrimary().getKey())
                            .withFixedId(before.getPrimary().getId())
                            .makePrimary())
                    .build());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void replace(KeysetHandle keys) throws GeneralSecurityException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            write(keys, fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", file, failure);
        }
    }

    private static void write(KeysetHandle keys, Path to) throws IOException, GeneralSecurityException {
        String json = TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
        try (FileChannel channel = FileChannel.open(
                to,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void register() {
        try {
            AeadConfig.register();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
