package dev.jangbu.spark.lake;

import dev.jangbu.testkit.JobJar;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ResourceManager and a NodeManager as processes of this machine, out of Hadoop's own jars, and {@code spark-submit} of the
 * PySpark wheel to send runs there. Files are those of this machine: there is no HDFS.
 */
final class YarnCluster implements AutoCloseable {
    private static final Path JAR = Path.of("target", "spark-job.jar").toAbsolutePath();
    private static final Path YARN = Path.of("target", "yarn").toAbsolutePath();
    private static final Path WHEELS = Path.of("..", ".venv-spark", "lib").toAbsolutePath();
    private static final String HOST = "127.0.0.1";
    private static final int PATIENCE_SECONDS = 90;

    private static final String LOGGING = """
            log4j.rootLogger=INFO,out
            log4j.appender.out=org.apache.log4j.ConsoleAppender
            log4j.appender.out.layout=org.apache.log4j.PatternLayout
            log4j.appender.out.layout.ConversionPattern=%p %c{1} %m%n
            """;

    private final Path folder;
    private final Path conf;
    private final Path spark;
    private final String web;
    private final List<Process> processes = new ArrayList<>();

    YarnCluster(Path folder) throws IOException {
        this.folder = folder;
        this.conf = Files.createDirectories(folder.resolve("conf"));
        this.spark = sparkHome();
        List<String> addresses = freeAddresses(5);
        this.web = "http://" + addresses.get(4);
        write(
                "core-site.xml",
                Map.of(
                        "fs.defaultFS",
                        "file:///",
                        "hadoop.tmp.dir",
                        folder.resolve("tmp").toString()));
        write("yarn-site.xml", site(addresses));
        write(
                "capacity-scheduler.xml",
                Map.of(
                        "yarn.scheduler.capacity.root.queues", "default",
                        "yarn.scheduler.capacity.root.default.capacity", "100",
                        "yarn.scheduler.capacity.maximum-am-resource-percent", "0.5"));
        Files.writeString(conf.resolve("log4j.properties"), LOGGING);
        boolean isUp = false;
        try {
            start("resourcemanager.ResourceManager");
            start("nodemanager.NodeManager");
            awaitNode();
            isUp = true;
        } finally {
            if (!isUp) {
                close();
            }
        }
    }

    private Map<String, String> site(List<String> addresses) {
        Map<String, String> site = new LinkedHashMap<>();
        site.put("yarn.resourcemanager.address", addresses.get(0));
        site.put("yarn.resourcemanager.scheduler.address", addresses.get(1));
        site.put("yarn.resourcemanager.resource-tracker.address", addresses.get(2));
        site.put("yarn.resourcemanager.admin.address", addresses.get(3));
        site.put("yarn.resourcemanager.webapp.address", addresses.get(4));
        site.put("yarn.nodemanager.address", HOST + ":0");
        site.put("yarn.nodemanager.localizer.address", HOST + ":0");
        site.put("yarn.nodemanager.webapp.address", HOST + ":0");
        site.put("yarn.nodemanager.local-dirs", folder.resolve("local").toString());
        site.put("yarn.nodemanager.log-dirs", folder.resolve("logs").toString());
        site.put("yarn.nodemanager.resource.memory-mb", "4096");
        site.put("yarn.nodemanager.resource.cpu-vcores", "4");
        site.put("yarn.scheduler.minimum-allocation-mb", "256");
        site.put("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99");
        return site;
    }

    /** The folder of {@code yarn-site.xml}. */
    Path conf() {
        return conf;
    }

    /** The packaged job, sent to YARN by {@code spark-submit}; Spark's jars are read where they lie. */
    JobJar.Ended submit(Path hadoopConf, Map<String, String> settings, List<String> options, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(spark.resolve("bin/spark-submit").toString());
        command.addAll(List.of("--master", "yarn", "--driver-memory", "512m", "--executor-memory", "512m"));
        command.addAll(List.of("--conf", "spark.yarn.jars=local:" + spark.resolve("jars") + "/*"));
        command.addAll(List.of(
                "--conf", "spark.yarn.stagingDir=" + folder.resolve("staging").toUri()));
        command.addAll(List.of("--conf", "spark.sql.shuffle.partitions=6"));
        command.addAll(options);
        command.add(JAR.toString());
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "submit", ".out");
        Path error = Files.createTempFile(folder, "submit", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("client")).toFile())
                .redirectOutput(output.toFile())
                .redirectError(error.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JANGBU_"));
        builder.environment().putAll(settings);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SPARK_HOME", spark.toString());
        builder.environment().put("HADOOP_CONF_DIR", hadoopConf.toString());
        return new JobJar.Running(builder.start(), output, error).await();
    }

    /** What drivers on the cluster printed, one text for each time one was begun. */
    List<String> printedByDrivers() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("logs"))) {
            return files.filter(file -> file.toString().matches(".*/container_\\d+_\\d+_\\d+_000001/stdout"))
                    .map(YarnCluster::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void start(String main) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                conf + ":" + YARN + "/*",
                "org.apache.hadoop.yarn.server." + main);
        Path log = folder.resolve(main + ".log");
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    }

    private void awaitNode() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!hasNode()) {
            if (System.nanoTime() > deadline || !processes.stream().allMatch(Process::isAlive)) {
                throw new IllegalStateException("no node of YARN; see the logs in " + folder);
            }
            pause();
        }
    }

    private boolean hasNode() {
        try {
            return get("/ws/v1/cluster/nodes").contains("\"RUNNING\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    private String get(String path) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(web + path))
                    .header("Accept", "application/json")
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void write(String file, Map<String, String> properties) throws IOException {
        Files.writeString(
                conf.resolve(file),
                properties.entrySet().stream()
                        .map(each -> "<property><name>%s</name><value>%s</value></property>\n"
                                .formatted(each.getKey(), each.getValue()))
                        .collect(Collectors.joining("", "<configuration>\n", "</configuration>\n")));
    }

    private static Path sparkHome() throws IOException {
        try (Stream<Path> found = Files.find(WHEELS, 3, (path, file) -> path.endsWith("site-packages/pyspark"))) {
            return found.findFirst()
                    .orElseThrow(() -> new IllegalStateException(WHEELS + ": no PySpark (expected: `make test-spark`)"))
                    .toRealPath();
        }
    }

    /** Held all at once, so that no two are the same. */
    private static List<String> freeAddresses(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int nth = 0; nth < count; nth++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream()
                    .map(socket -> HOST + ":" + socket.getLocalPort())
                    .toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What still runs in containers is ended too: it is the NodeManager's. */
    @Override
    public void close() {
        processes.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        processes.forEach(Process::destroyForcibly);
    }
}
