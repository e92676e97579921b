package dev.jangbu.extract.ga4;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.kit.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Who reads the property: what Google's key file says, and the assertions it signs. Never shown. */
final class ServiceAccount {
    private static final String SCOPE = "https://www.googleapis.com/auth/analytics.readonly";
    private static final Duration LIFE = Duration.ofHours(1);

    private final KeyFile file;
    private final PrivateKey key;

    private ServiceAccount(KeyFile file, PrivateKey key) {
        this.file = file;
        this.key = key;
    }

    /** As Google writes it; the rest of it is of no use here. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record KeyFile(
            @Nullable String clientEmail,
            @Nullable String privateKey,
            @Nullable String privateKeyId,
            @Nullable String tokenUri) {
        @Override
        public String toString() {
            return "KeyFile";
        }
    }

    /** @throws NeedsAttention when it is no key file */
    static ServiceAccount of(String keyFile) throws NeedsAttention {
        try {
            @Nullable KeyFile file = Json.mapper().readValue(keyFile, KeyFile.class);
            if (file != null && file.clientEmail() != null && file.privateKey() != null && file.tokenUri() != null) {
                return new ServiceAccount(file, read(file.privateKey()));
            }
        } catch (JacksonException | GeneralSecurityException | IllegalArgumentException withheld) {
            // Not as the cause: it may quote the key.
        }
        throw new NeedsAttention(
                Attention.WRONG_SECRET,
                "WRONG_SECRET: service_account: no key (expected: the JSON file that Google made for the service account)");
    }

    String tokenUri() {
        return String.valueOf(file.tokenUri());
    }

    /** A signed JWT, good for an hour. */
    String assertion(Instant now) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        if (file.privateKeyId() != null) {
            header.put("kid", file.privateKeyId());
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", file.clientEmail());
        claims.put("scope", SCOPE);
        claims.put("aud", file.tokenUri());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        String signed = encoded(bytes(Json.line(header))) + "." + encoded(bytes(Json.line(claims)));
        return signed + "." + encoded(signature(signed));
    }

    private byte[] signature(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(bytes(text));
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static PrivateKey read(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
