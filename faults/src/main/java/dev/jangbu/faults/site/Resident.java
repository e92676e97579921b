package dev.jangbu.faults.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A job's classes in a JVM that stays: it carries out one command after the other, each from its lock to its summary, and
 * spares the start of a process. For rounds that are many and in which the job ends by itself. Of one thread.
 */
public final class Resident implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 300;
    private static final String RUNNER = "dev.jangbu.kit.command.CommandRunner";

    private final String job;
    private final Process process;
    private final OutputStream commands;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Resident(String job, Process process) {
        this.job = job;
        this.process = process;
        this.commands = process.getOutputStream();
        Thread reader = new Thread(this::read, "resident-" + job);
        reader.setDaemon(true);
        reader.start();
    }

    /** Whether the job is unpacked, as `bin/build` leaves it. */
    static boolean isPossible(Path project, String job) {
        return Files.isRegularFile(jar(project, job));
    }

    /** The command of the JVM; {@code folder} takes the loop's class. */
    static List<String> command(Path project, String job, Path folder) throws IOException {
        Path jar = jar(project, job).toRealPath();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                jar + ":" + loop(folder),
                CommandLoop.class.getName(),
                mainClass(jar),
                RUNNER);
    }

    static Resident of(String job, Process process) {
        return new Resident(job, process);
    }

    /** @param command the job and its arguments; none may hold a tab */
    public Ended run(List<String> command) throws IOException, InterruptedException {
        if (!command.get(0).equals(job)) {
            throw new IllegalArgumentException("job: " + command.get(0) + " (expected: " + job + ")");
        }
        long start = System.nanoTime();
        commands.write((String.join("\t", command.subList(1, command.size())) + "\n").getBytes(StandardCharsets.UTF_8));
        commands.flush();
        StringBuilder output = new StringBuilder();
        for (String line = next(start); line != null; line = next(start)) {
            if (line.startsWith(CommandLoop.ENDED)) {
                int exitCode = Integer.parseInt(line.substring(CommandLoop.ENDED.length()));
                return new Ended(exitCode, (System.nanoTime() - start) / 1e9, output.toString());
            }
            output.append(line).append('\n');
        }
        throw hung(command, output);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Null when the JVM is gone, or the command's time is over. */
    private @Nullable String next(long startNanos) throws InterruptedException {
        while (System.nanoTime() - startNanos < PATIENCE_SECONDS * 1_000_000_000L) {
            boolean isLast = !process.isAlive();
            String line = lines.poll(1, TimeUnit.SECONDS);
            if (line != null || isLast) {
                return line;
            }
        }
        return null;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** A JVM prints where its threads are when it gets SIGQUIT. */
    private IllegalStateException hung(List<String> command, StringBuilder output)
            throws IOException, InterruptedException {
        if (process.isAlive()) {
            Signals.send("QUIT", process.pid());
            for (String line = lines.poll(2, TimeUnit.SECONDS); line != null; line = lines.poll(2, TimeUnit.SECONDS)) {
                output.append(line).append('\n');
            }
        }
        close();
        return new IllegalStateException(
                String.join(" ", command) + ": no end after " + PATIENCE_SECONDS + " s, or its JVM ended\n" + output);
    }

    private void read() {
        try (BufferedReader from =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                lines.add(line);
            }
        } catch (IOException ended) {
            // Whoever waits for a line sees that the process is gone.
        }
    }

    private static Path jar(Path project, String job) {
        return project.resolve(job).resolve("target/run/current").resolve(job + ".jar");
    }

    private static String mainClass(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return Objects.requireNonNull(
                    file.getManifest().getMainAttributes().getValue("Main-Class"), jar.toString());
        }
    }

    /** The torture's own jar is no class path for others: its classes lie within it. */
    private static Path loop(Path folder) throws IOException {
        String name = CommandLoop.class.getName().replace('.', '/') + ".class";
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try (InputStream own = Objects.requireNonNull(
                CommandLoop.class.getResourceAsStream(CommandLoop.class.getSimpleName() + ".class"))) {
            Files.write(file, own.readAllBytes());
        }
        return folder;
    }
}
