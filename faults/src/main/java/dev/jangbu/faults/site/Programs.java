package dev.jangbu.faults.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Starts the jobs as their users do, through {@code bin/job}; none outlives this process. */
final class Programs {
    private final Path project;
    private final Path outputs;
    private final Set<Process> started = ConcurrentHashMap.newKeySet();
    private final Set<ProcessHandle> servers = ConcurrentHashMap.newKeySet();

    Programs(Path project, Path outputs) {
        this.project = project;
        this.outputs = outputs;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-jobs"));
    }

    private void end() {
        started.forEach(Process::destroyForcibly);
        endServers();
    }

    /** A server that a program started and left, which is to end with this process. */
    void adopt(ProcessHandle server) {
        servers.add(server);
    }

    /** Ends the adopted ones at once; returns when they are gone. */
    void endServers() {
        for (ProcessHandle server : servers) {
            server.destroyForcibly();
            server.onExit().join();
        }
        servers.clear();
    }

    JobRun start(List<String> command, List<String> prefix) throws IOException {
        return start(command, prefix, Map.of());
    }

    /**
     * @param command the job and its arguments
     * @param prefix goes before, such as a shell that sets a limit
     * @param settings of the environment; other {@code JANGBU_…} ones are left out
     */
    JobRun start(List<String> command, List<String> prefix, Map<String, String> settings) throws IOException {
        List<String> whole = new ArrayList<>(prefix);
        whole.add(project.resolve("bin/job").toString());
        whole.addAll(command);
        Path output = Files.createTempFile(outputs, "job", ".out");
        ProcessBuilder builder = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        long start = System.nanoTime();
        return new JobRun(command, process(builder, settings), output, start);
    }

    boolean canReside(String job) {
        return Resident.isPossible(project, job);
    }

    Resident reside(String job, Map<String, String> settings) throws IOException {
        List<String> command = Resident.command(project, job, Files.createTempDirectory(outputs, "classes"));
        return Resident.of(job, process(new ProcessBuilder(command).redirectErrorStream(true), settings));
    }

    private Process process(ProcessBuilder builder, Map<String, String> settings) throws IOException {
        builder.environment().keySet().removeIf(name -> name.startsWith("JANGBU_"));
        builder.environment().putAll(withoutDotEnv(settings));
        Process process = builder.start();
        started.removeIf(ended -> !ended.isAlive());
        started.add(process);
        return process;
    }

    /** What is set, even to nothing, is not taken from the checkout's {@code .env}. */
    private static Map<String, String> withoutDotEnv(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(Map.of("JANGBU_DB_PASSWORD_FILE", "", "JANGBU_JAVA_OPTIONS", ""));
        all.putAll(Map.of("JANGBU_DB_WAIT_SECONDS", "", "JANGBU_ZONE", "Asia/Seoul"));
        all.putAll(settings);
        return all;
    }
}
