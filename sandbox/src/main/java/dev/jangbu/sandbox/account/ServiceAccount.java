package dev.jangbu.sandbox.account;

import dev.jangbu.sandbox.shop.Draw;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Random;

/** Of Google's cloud; its key is drawn from the seed, so it is no secret. */
public record ServiceAccount(String project, String email, String keyId, PrivateKey privateKey, PublicKey publicKey) {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final int PRIME_BITS = 1_024;

    static ServiceAccount drawn(long seed, String name) {
        Draw draw = Draw.of(seed, "service account", name);
        Random random = new Random(draw.next());
        while (true) {
            BigInteger p = BigInteger.probablePrime(PRIME_BITS, random);
            BigInteger q = BigInteger.probablePrime(PRIME_BITS, random);
            BigInteger phi = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
            if (phi.gcd(EXPONENT).equals(BigInteger.ONE) && !p.equals(q)) {
                return of(name, "%016x".formatted(draw.next()), p, q, phi);
            }
        }
    }

    /** PKCS 8, as in a key file. */
    public String pem() {
        byte[] lineBreak = {'\n'};
        String encoded = Base64.getMimeEncoder(64, lineBreak).encodeToString(privateKey.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n";
    }

    private static ServiceAccount of(String name, String keyId, BigInteger p, BigInteger q, BigInteger phi) {
        BigInteger modulus = p.multiply(q);
        BigInteger secret = EXPONENT.modInverse(phi);
        try {
            KeyFactory keys = KeyFactory.getInstance("RSA");
            PrivateKey privateKey = keys.generatePrivate(new RSAPrivateCrtKeySpec(
                    modulus,
                    EXPONENT,
                    secret,
                    p,
                    q,
                    secret.mod(p.subtract(BigInteger.ONE)),
                    secret.mod(q.subtract(BigInteger.ONE)),
                    q.modInverse(p)));
            PublicKey publicKey = keys.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT));
            String project = "sandbox-" + name;
            return new ServiceAccount(
                    project, "reader@" + project + ".iam.gserviceaccount.com", keyId, privateKey, publicKey);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("RSA: not in this Java (expected: in every Java)", missing);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return email;
    }
}
