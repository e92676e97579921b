package dev.jangbu.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.devsource.DevSourceCommand;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevSourceCommandTest {
    @TempDir
    private Path workspace;

    @AfterEach
    void stop() {
        run("stop");
    }

    @Test
    void serverRunsFromStartToStop() throws IOException {
        assertThat(run("status")).isEqualTo(1);
        assertThat(run("start")).isZero();
        String process = read("process");
        String connection = read("connection.properties");

        assertThat(run("start")).isZero();

        assertThat(read("process")).isEqualTo(process);
        assertThat(read("connection.properties"))
                .isEqualTo(connection)
                .contains("database=card_source\n", "reader=card_source_reader\n", "owner=card_source_owner\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("administrator.password"))))
                .isEqualTo("rw-------");
        assertThat(run("status")).isZero();
        assertThat(run("stop")).isZero();
        assertThat(run("status")).isEqualTo(1);
        assertThat(run("stop")).isZero();
    }

    @Test
    void othersReachItByTheNameItsCertificateIsFor() throws Exception {
        int port = freePort();

        assertThat(run("start", "--listen", "0.0.0.0", "--port", String.valueOf(port), "--name", "card-source"))
                .isZero();

        assertThat(read("port").strip()).isEqualTo(String.valueOf(port));
        try (InputStream pem = Files.newInputStream(file("tls").resolve("server.pem"))) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> name.get(1)))
                    .isEqualTo(List.of("localhost", "127.0.0.1", "card-source"));
        }
        // Any address of this machine's loopback network is of the same interface, and not the usual one.
        try (Socket socket = new Socket("127.0.0.2", port)) {
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(run("stop")).isZero();
    }

    @Test
    void wordThatIsNoneIsRefused() {
        assertThat(run("begin")).isEqualTo(2);
        assertThat(run("start", "--listen", "everywhere")).isEqualTo(2);
        assertThat(run("start", "--port", "65536")).isEqualTo(2);
        assertThat(run("start", "--name", "no name")).isEqualTo(2);
    }

    private int run(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of(
                "--workspace",
                workspace.toString(),
                "--programs",
                MariaDbTestServer.programs().toString()));
        return DevSourceCommand.run(arguments.toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String read(String name) throws IOException {
        return Files.readString(file(name));
    }

    private Path file(String name) {
        return workspace.resolve("mariadb").resolve(name);
    }
}
