package dev.jangbu.spark.lake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** Spark's own cluster as processes of this machine, out of the packaged jar: a master, and workers of one core. */
final class SparkCluster implements AutoCloseable {
    private static final Path JAR = Path.of("target", "spark-job.jar").toAbsolutePath();
    private static final String HOST = "127.0.0.1";
    private static final int PATIENCE_SECONDS = 90;

    /** The jobs' own says nothing of what Spark does well. */
    private static final String LOGGING = """
            <configuration>
                <appender name="out" class="ch.qos.logback.core.%s">
                    %s<encoder><pattern>%%level %%msg%%n</pattern></encoder>
                </appender>
                <root level="INFO"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private final Path folder;
    private final Path jar;
    private final int port;
    private final List<Process> processes = new ArrayList<>();
    private final List<Path> logs = new ArrayList<>();

    SparkCluster(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        Path jars = Files.createDirectories(folder.resolve("home/jars"));
        this.jar = Files.createSymbolicLink(jars.resolve("spark-job.jar"), JAR);
        Files.writeString(folder.resolve("logback.xml"), LOGGING.formatted("ConsoleAppender", ""));
        // Into the folder an executor runs in, and by itself: what it prints goes through its worker.
        Files.writeString(
                folder.resolve("executor.xml"),
                LOGGING.formatted("FileAppender", "<file>" + SparkWorker.EXECUTOR_LOG + "</file>"));
        start("master", "org.apache.spark.deploy.master.Master", "--port", String.valueOf(port));
        boolean isUp = false;
        try {
            await(0, "I have been elected leader");
            isUp = true;
        } finally {
            if (!isUp) {
                close();
            }
        }
    }

    String url() {
        return "spark://" + HOST + ":" + port;
    }

    /** What a job is told so that it takes one small executor of each worker. */
    List<String> options() {
        return List.of(
                "--master",
                url(),
                "--conf",
                "spark.driver.host=" + HOST,
                "--conf",
                "spark.executor.memory=512m",
                "--conf",
                "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -Dlogback.configurationFile="
                        + folder.resolve("executor.xml"),
                "--conf",
                "spark.sql.shuffle.partitions=6");
    }

    /** One more; returns once the master knows it. */
    SparkWorker worker() throws IOException {
        Path work = folder.resolve("work-" + processes.size());
        Process worker = start(
                "worker",
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                work.toString(),
                url());
        await(logs.size() - 1, "Successfully registered with master");
        return new SparkWorker(worker, work);
    }

    private Process start(String name, String main, String... arguments) throws IOException {
        Path log = folder.resolve(name + "-" + processes.size() + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of("-cp", JAR.toString(), main, "--host", HOST, "--webui-port", "0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME", folder.resolve("home").toString(),
                        "SPARK_SCALA_VERSION", "2.13",
                        "JAVA_HOME", System.getProperty("java.home")));
        Process process = builder.start();
        processes.add(process);
        logs.add(log);
        return process;
    }

    private void await(int which, String word) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(logs.get(which)).contains(word)) {
            if (System.nanoTime() > deadline || !processes.get(which).isAlive()) {
                throw new IllegalStateException(
                        logs.get(which) + " without \"" + word + "\": " + Files.readString(logs.get(which)));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Executors end with their workers. */
    @Override
    public void close() throws IOException {
        processes.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        processes.forEach(Process::destroyForcibly);
        Files.deleteIfExists(jar);
    }
}
