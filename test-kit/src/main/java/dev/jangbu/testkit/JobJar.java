package dev.jangbu.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the packaged jar of the module under test as a process, as its users do. What it runs counts for the module's
 * coverage.
 *
 * @param jar such as {@code target/load-job.jar}
 * @param environment added to this process's, whose {@code JANGBU_…} settings are left out
 * @param jvmOptions such as {@code -Xmx512m}; a quick start unless given
 */
public record JobJar(Path jar, Map<String, String> environment, List<String> jvmOptions) {
    private static final int PATIENCE_SECONDS = 300;
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    public JobJar {
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** The jar of the module whose folder is the working directory. */
    public static JobJar of(String job) {
        return at(Path.of("target", job + ".jar"));
    }

    /** The jar of a neighbouring module, which is tested there: here it starts the fast way, and no coverage is taken. */
    public static JobJar ofNeighbour(String job) {
        return FastStart.shared().of(at(Path.of("..", job, "target", job + ".jar")));
    }

    private static JobJar at(Path jar) {
        return new JobJar(jar.toAbsolutePath().normalize(), Map.of(), QUICK_START);
    }

    public JobJar with(Map<String, String> settings) {
        return new JobJar(jar, settings, jvmOptions);
    }

    public JobJar withJvmOptions(String... options) {
        return new JobJar(jar, environment, List.of(options));
    }

    /** How it ended: the exit code, standard output and standard error. */
    public record Ended(int exitCode, String output, String error) {
        /** The run's summary. */
        public String lastLine() {
            List<String> lines = output.lines().toList();
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }
    }

    /** A started process and where its output goes. */
    public record Running(Process process, Path output, Path error) {
        /** Waits for the end; kills the process when it does not come. */
        public Ended await() {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException("no end after " + PATIENCE_SECONDS + " s: " + soFar());
                }
                return new Ended(process.exitValue(), Files.readString(output), Files.readString(error));
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        /** Standard output until now. */
        public String soFar() {
            try {
                return Files.readString(output, StandardCharsets.UTF_8);
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    public Ended run(String... arguments) {
        return start(arguments).await();
    }

    public Running start(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(coverageAgent());
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(List.of(arguments));
        try {
            Path output = printed(".out");
            Path error = printed(".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(error.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("JANGBU_"));
            builder.environment().putAll(environment);
            return new Running(builder.start(), output, error);
        } catch (IOException failure) {
            throw new IllegalStateException(String.join(" ", command), failure);
        }
    }

    /** Goes with this JVM: a test may read it until then. */
    private static Path printed(String suffix) throws IOException {
        Path file = Files.createTempFile("job", suffix);
        file.toFile().deleteOnExit();
        return file;
    }

    /** JaCoCo's agent of this JVM, if it has one; its file takes several processes. */
    private static List<String> coverageAgent() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
                .map(argument -> argument.replace("destfile=", "append=true,destfile="))
                .toList();
    }
}
