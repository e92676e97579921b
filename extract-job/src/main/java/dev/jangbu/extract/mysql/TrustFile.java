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
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;

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
            for (Certificate each : certificates(pem)) {
                store.setCertificateEntry("authority-" + store.size(), each);
            }
            return written(store);
        } catch (IOException | GeneralSecurityException refused) {
            throw refusal(pem, refused);
        }
    }

    /** For a driver that reads the file itself, and takes one that is not there for a server that went away. */
    static Path requireCertificates(Path pem) {
        try {
            certificates(pem);
            return pem;
        } catch (IOException | GeneralSecurityException refused) {
            throw refusal(pem, refused);
        }
    }

    private static Collection<? extends Certificate> certificates(Path pem)
            throws IOException, GeneralSecurityException {
        try (InputStream content = Files.newInputStream(pem)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(content);
            if (found.isEmpty()) {
                throw new CertificateException("no certificate");
            }
            return found;
        }
    }

    private static JobFailure refusal(Path pem, Exception refused) {
        return new JobFailure(
                ExitCode.USAGE, "ca: " + pem + " (expected: a PEM file of certificates this user may read)", refused);
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
