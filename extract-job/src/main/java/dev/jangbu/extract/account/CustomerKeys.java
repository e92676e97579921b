package dev.jangbu.extract.account;

import dev.jangbu.kit.erased.ErasedSubjects;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Pseudonyms of a tenant's customers on one platform: HMAC-SHA256 of platform and stable id with the tenant's key. The same
 * person has the same one in each run, another one at each tenant and platform. Of one thread.
 */
public final class CustomerKeys {
    private final Mac mac;
    private final Channel channel;
    private final ErasedSubjects erased;

    CustomerKeys(byte[] key, Channel channel, ErasedSubjects erased) {
        this.mac = mac(key);
        this.channel = channel;
        this.erased = erased;
    }

    static CustomerKeys of(Connection connection, CredentialVault vault, Account account) throws SQLException {
        byte[] key = new TenantKeys(connection, vault).of(account.tenant());
        return new CustomerKeys(key, account.channel(), ErasedSubjects.read(connection));
    }

    /**
     * @param stableId null or blank where the platform does not say
     * @return 64 hexadecimal digits; null where unknown, or where they were erased
     */
    public @Nullable String of(@Nullable String stableId) {
        if (stableId == null || stableId.isBlank()) {
            return null;
        }
        String pseudonym = hash(channel.name() + ":" + stableId);
        return erased.areIn("user_id " + pseudonym) ? null : pseudonym;
    }

    private String hash(String text) {
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
