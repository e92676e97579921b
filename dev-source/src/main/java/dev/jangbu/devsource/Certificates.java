package dev.jangbu.devsource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate authority of the server's own, and the server's certificate by it, for {@code localhost} and
 * {@code 127.0.0.1}; made by the JDK's {@code keytool}.
 *
 * @param folder holds {@code ca.pem}, {@code server.pem} and {@code server.key}
 * @param names it is for besides
 */
record Certificates(Path folder, List<String> names) {
    private static final String PASSWORD = "not-a-secret";

    Path authority() {
        return folder.resolve("ca.pem");
    }

    Path server() {
        return folder.resolve("server.pem");
    }

    Path key() {
        return folder.resolve("server.key");
    }

    void createIfMissing() {
        if (Files.exists(authority())) {
            return;
        }
        Path store = Storage.createFolder(folder).resolve("keys.p12");
        try {
            Files.deleteIfExists(store);
            keytool(store, "authority", "CN=dev-source", "bc:c=ca:true", "ku:c=keyCertSign");
            keytool(store, "server", "CN=localhost", "san=" + String.join(",", subjects()), "eku=serverAuth");
            export(store);
            Files.delete(store);
        } catch (IOException | GeneralSecurityException failure) {
            throw new Refusal("cannot make a certificate in " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private List<String> subjects() {
        List<String> subjects = new ArrayList<>(List.of("dns:localhost", "ip:127.0.0.1"));
        names.forEach(name -> subjects.add("dns:" + name));
        return subjects;
    }

    private static void keytool(Path store, String alias, String name, String... extensions) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-J-XX:TieredStopAtLevel=1",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                name,
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        if (Files.exists(store)) {
            command.addAll(List.of("-signer", "authority"));
        }
        for (String extension : extensions) {
            command.addAll(List.of("-ext", extension));
        }
        ProgramRun run = ProgramRun.of(command, "");
        if (run.exitCode() != 0) {
            throw new Refusal("keytool ended with exit code " + run.exitCode() + ": " + run.reason());
        }
    }

    /** The authority last: while it is missing, nothing is there. */
    private void export(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        byte[] key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
        Storage.writePrivate(key(), pem("PRIVATE KEY", key));
        Storage.writePrivate(
                server(), pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        Storage.writePrivate(
                authority(), pem("CERTIFICATE", keys.getCertificate("authority").getEncoded()));
    }

    private static String pem(String type, byte[] content) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }
}
