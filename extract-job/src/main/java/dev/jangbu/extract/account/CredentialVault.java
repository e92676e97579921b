package dev.jangbu.extract.account;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Seals credentials with AES-256-GCM, each bound to its account: a ciphertext copied to another account's row does not
 * open there.
 */
final class CredentialVault {
    private final Aead aead;
    private final long keyId;

    CredentialVault(KeysetHandle keys) {
        try {
            this.aead = keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
            this.keyId = keys.getPrimary().getId();
        } catch (GeneralSecurityException wrong) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    KeyFile.SETTING + ": no key for sealing (expected: one made by accounts key --new)");
        }
    }

    /** The id of the key that seals. */
    long keyId() {
        return keyId;
    }

    byte[] seal(String accountId, Credential credential) {
        try {
            return aead.encrypt(bytes(Json.line(credential)), bytes(accountId));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when this key does not open it */
    Credential open(String accountId, byte[] ciphertext) {
        try {
            return Json.mapper().readValue(aead.decrypt(ciphertext, bytes(accountId)), Credential.class);
        } catch (GeneralSecurityException refused) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "account " + accountId + ": sealed with another key (expected: " + KeyFile.SETTING
                            + " names the file that holds it)",
                    refused);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
