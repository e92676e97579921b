package dev.jangbu.spark.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A worker of a cluster, and the executor it runs for a job. An executor that is frozen does nothing until it is let go on. */
record SparkWorker(Process process, Path work) {
    static final String EXECUTOR_LOG = "executor.log";

    private static final Pattern TASK = Pattern.compile("(Running|Finished) task .* \\(TID (\\d+)\\)");

    /** Tasks its executors have begun and not ended. */
    Set<Long> tasks() throws IOException {
        Set<Long> tasks = new TreeSet<>();
        for (String line : logged()) {
            Matcher task = TASK.matcher(line);
            if (!task.find()) {
                continue;
            }
            long number = Long.parseLong(task.group(2));
            if (task.group(1).equals("Running")) {
                tasks.add(number);
            } else {
                tasks.remove(number);
            }
        }
        return tasks;
    }

    boolean hasFinishedATask() throws IOException {
        return logged().stream().anyMatch(line -> line.contains("Finished task "));
    }

    /** False while there is no executor. */
    boolean freeze() throws IOException, InterruptedException {
        Optional<ProcessHandle> executor = executor();
        return executor.isPresent() && signal("-STOP", executor.get());
    }

    void letGoOn() throws IOException, InterruptedException {
        Optional<ProcessHandle> executor = executor();
        if (executor.isPresent()) {
            signal("-CONT", executor.get());
        }
    }

    /** With its executor, at once, as a machine goes that loses its power. */
    void kill() throws InterruptedException {
        Optional<ProcessHandle> executor = executor();
        process.destroyForcibly();
        executor.ifPresent(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    private Optional<ProcessHandle> executor() {
        return process.children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst();
    }

    private static boolean signal(String signal, ProcessHandle process) throws IOException, InterruptedException {
        return new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }

    private List<String> logged() throws IOException {
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (Path log : logs()) {
            lines.addAll(Files.readAllLines(log));
        }
        return lines;
    }

    private Set<Path> logs() throws IOException {
        try (Stream<Path> files = Files.walk(work, 3)) {
            return files.filter(file -> file.endsWith(EXECUTOR_LOG)).collect(Collectors.toSet());
        }
    }
}
