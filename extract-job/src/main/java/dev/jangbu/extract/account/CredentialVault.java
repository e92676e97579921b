package dev.jangbu.extract.account;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;

/**
 * Seals credentials with AES-256-GCM, each bound to its account: a ciphertext copied to another account's row does not
 * open there.
 */
public final class CredentialVault {
    private static final String TENANT = "tenant:";

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

    /**
     * The vault of this process's settings.
     *
     * @throws JobFailure with {@link ExitCode#USAGE} when the key's file is not named or no key
     */
    public static CredentialVault from(Map<String, String> environment) {
        return new CredentialVault(KeyFile.from(environment).read());
    }

    /** The id of the key that seals. */
    long keyId() {
        return keyId;
    }

    byte[] seal(String accountId, Credential credential) {
        return sealed(bytes(Json.line(credential)), accountId);
    }

    /** A tenant's key; does not open as another tenant's or as an account's. */
    byte[] sealKey(String tenant, byte[] key) {
        return sealed(key, TENANT + tenant);
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when this key does not open it */
    byte[] openKey(String tenant, byte[] ciphertext) {
        return opened("the customers' key of tenant " + tenant, ciphertext, TENANT + tenant);
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when this key does not open it */
    Credential open(String accountId, byte[] ciphertext) {
        return Json.mapper().readValue(opened("account " + accountId, ciphertext, accountId), Credential.class);
    }

    private byte[] sealed(byte[] plain, String boundTo) {
        try {
            return aead.encrypt(plain, bytes(boundTo));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] opened(String what, byte[] ciphertext, String boundTo) {
        try {
            return aead.decrypt(ciphertext, bytes(boundTo));
        } catch (GeneralSecurityException refused) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    what + ": sealed with another key (expected: " + KeyFile.SETTING + " names the file that holds it)",
                    refused);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
