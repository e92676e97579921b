package dev.jangbu.extract.mysql;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** A PEM file's certificates as the key store MySQL's driver asks for, in a file for a moment. Nothing in it is secret. */
final class TrustFile implements AutoCloseable {
    static final String TYPE = "PKCS12";

    /** A store has to have one. */
    static final String PASSWORD = "certificates";

    private final Path file;

    private TrustFile(Path file) {
        this.file = file;
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when the PEM file cannot be read or holds no certificate */
    static TrustFile of(Path pem) {
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(null, null);
            try (InputStream content = Files.newInputStream(pem)) {
                for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(content)) {
                    store.setCertificateEntry("authority-" + store.size(), each);
                }
            }
            return written(store);
        } catch (IOException | GeneralSecurityException refused) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "ca: " + pem + " (expected: a PEM file of certificates this user may read)",
                    refused);
        }
    }

    private static TrustFile written(KeyStore store) throws IOException, GeneralSecurityException {
        Path file = Files.createTempFile("jangbu-ca", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return new TrustFile(file);
    }

    String url() {
        return file.toUri().toString();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot remove", file, failure);
        }
    }
}
