package dev.jangbu.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a job as its users do, through {@code bin/job}, and watches the wall time from start to exit and the largest
 * resident set of the process and its children (from {@code /proc}; 0 where there is none).
 */
final class JobProcess {
    private static final long PAUSE_MILLIS = 20;

    private final Path project;
    private final Path workspace;

    JobProcess(Path project, Path workspace) {
        this.project = project;
        this.workspace = workspace;
    }

    /**
     * A job's end.
     *
     * @param startedEpochSeconds when its process was started, on the wall clock
     * @param output everything it printed
     */
    record Ended(int exitCode, double startedEpochSeconds, double seconds, long peakMegabytes, String output) {}

    /** Starts the job and waits for its end; throws when it did not end with 0. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        Ended ended = await(start(arguments));
        if (ended.exitCode() != 0) {
            throw new IllegalStateException(
                    String.join(" ", arguments) + ": exit " + ended.exitCode() + "\n" + ended.output());
        }
        return ended;
    }

    private record Started(Process process, Path output, double epochSeconds, long nanos) {}

    private Started start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(project.resolve("bin/job").toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("jangbu-bench", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JANGBU_WORKSPACE", workspace.toString());
        double now = System.currentTimeMillis() / 1e3;
        long nanos = System.nanoTime();
        return new Started(builder.start(), output, now, nanos);
    }

    private static Ended await(Started started) throws IOException, InterruptedException {
        long peak = 0;
        while (!started.process().waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakMegabytes(started.process()));
        }
        double seconds = (System.nanoTime() - started.nanos()) / 1e9;
        String output = Files.readString(started.output(), StandardCharsets.UTF_8);
        Files.delete(started.output());
        return new Ended(started.process().exitValue(), started.epochSeconds(), seconds, peak, output);
    }

    private static long peakMegabytes(Process process) {
        long own = highWater(process.pid());
        return process.descendants().mapToLong(child -> highWater(child.pid())).reduce(own, Math::max);
    }

    private static long highWater(long processId) {
        try {
            return Files.readAllLines(Path.of("/proc/" + processId + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }
}
