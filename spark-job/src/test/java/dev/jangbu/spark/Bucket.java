package dev.jangbu.spark;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The bucket {@code shop} of an S3-compatible store, a process of its own that speaks real HTTP; it does not check keys. */
public final class Bucket implements AutoCloseable {
    public static final String SECRET = "sEcReT-9f1c";

    private static final String ACCESS = "AKIA-own-2b7e";
    private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");

    private final Path folder;
    private final String endpoint;
    private final Process store;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param folder for keys and what the store prints; outside of any workspace */
    public Bucket(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        this.endpoint = "http://127.0.0.1:" + port;
        this.store = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-jar",
                        Path.of("target", "s3mock", "s3mock.jar").toString(),
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.http-port=" + port,
                        "--com.adobe.testing.s3mock.store.initial-buckets=shop")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("store.log").toFile())
                .start();
        for (int attempt = 0; attempt < 600 && !answers(); attempt++) {
            Thread.sleep(200);
        }
    }

    /** The packaged job, told of the store and of a database. */
    public JobJar job(TestDatabase database) throws IOException {
        Map<String, String> settings = new HashMap<>(database.environment());
        settings.put("JANGBU_LAKE_URL", "s3a://shop/lake");
        settings.put("JANGBU_S3_ENDPOINT", endpoint);
        settings.put(
                "JANGBU_S3_ACCESS_KEY_FILE",
                Files.writeString(folder.resolve("access"), ACCESS).toString());
        settings.put(
                "JANGBU_S3_SECRET_KEY_FILE",
                Files.writeString(folder.resolve("secret"), SECRET).toString());
        return PackagedJob.with(settings);
    }

    /** The keys of all objects, sorted. */
    public List<String> keys() throws IOException {
        return KEY.matcher(text(HttpRequest.newBuilder(uri("?list-type=2&max-keys=1000"))))
                .results()
                .map(match -> match.group(1))
                .sorted()
                .toList();
    }

    public String object(String key) throws IOException {
        return text(HttpRequest.newBuilder(uri("/" + key)));
    }

    /** Copies a folder there, every file under its own path below it. */
    public void copy(Path tree, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text(HttpRequest.newBuilder(uri("/" + prefix + "/" + tree.relativize(file)))
                        .PUT(HttpRequest.BodyPublishers.ofFile(file)));
            }
        }
    }

    @Override
    public void close() {
        store.destroyForcibly();
    }

    private boolean answers() {
        try {
            return !text(HttpRequest.newBuilder(uri("?list-type=2"))).isEmpty();
        } catch (IOException | UncheckedIOException notYet) {
            return false;
        }
    }

    private URI uri(String rest) {
        return URI.create(endpoint + "/shop" + rest);
    }

    private String text(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
