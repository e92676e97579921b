package dev.jangbu.faults.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A job's process on its way. */
public final class JobRun {
    private static final long PATIENCE_SECONDS = 900;

    private final List<String> command;
    private final Process process;
    private final Path output;
    private final long startNanos;

    JobRun(List<String> command, Process process, Path output, long startNanos) {
        this.command = List.copyOf(command);
        this.process = process;
        this.output = output;
        this.startNanos = startNanos;
    }

    /** Whether it ended within so many milliseconds. */
    public boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The most memory it has had so far; 0 where the system does not tell, or it is gone. */
    public long peakMegabytes() {
        try (Stream<String> status = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends a signal such as {@code STOP}; nothing where it ended already. */
    public void signal(String name) throws IOException, InterruptedException {
        if (process.isAlive()) {
            Signals.send(name, process.pid());
        }
    }

    /** Waits for its end. */
    public Ended await() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            String soFar = Files.readString(output, StandardCharsets.UTF_8);
            kill();
            throw new IllegalStateException(
                    String.join(" ", command) + ": no end after " + PATIENCE_SECONDS + " s\n" + soFar);
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        Ended ended = new Ended(process.exitValue(), seconds, Files.readString(output, StandardCharsets.UTF_8));
        Files.deleteIfExists(output);
        return ended;
    }
}
