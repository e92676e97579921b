package dev.jangbu.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A workspace and a database, and the jobs that work on them, each as a process. */
final class Pipeline {
    static final List<String> MARTS =
            List.of("mart_user_daily", "mart_funnel_daily", "mart_product_daily", "mart_orders");

    private final TestDatabase database;
    private final Path workspace;
    private final List<String> jvmOptions;

    Pipeline(TestDatabase database, Path workspace, String... jvmOptions) {
        this.database = database;
        this.workspace = workspace;
        this.jvmOptions = List.of(jvmOptions);
    }

    Path workspace() {
        return workspace;
    }

    TestDatabase database() {
        return database;
    }

    JobJar.Running start(String job, String... arguments) {
        Map<String, String> settings = new HashMap<>(database.environment());
        settings.put("JANGBU_WORKSPACE", workspace.toString());
        JobJar jar = JobJar.ofNeighbour(job);
        List<String> options = new ArrayList<>(jar.jvmOptions());
        options.addAll(jvmOptions);
        return new JobJar(jar.jar(), settings, options).start(arguments);
    }

    JobJar.Ended run(String job, String... arguments) {
        return start(job, arguments).await();
    }

    /** Runs a job that must end with this exit code; returns its summary line. */
    String expect(int exitCode, String job, String... arguments) {
        JobJar.Ended ended = run(job, arguments);
        assertThat(ended.exitCode())
                .as("%s %s%n%s%s", job, String.join(" ", arguments), ended.output(), ended.error())
                .isEqualTo(exitCode);
        return ended.lastLine();
    }

    void simulate(String ds, String... more) {
        List<String> arguments = new ArrayList<>(List.of("events", "--ds", ds, "--source", "simulator"));
        arguments.addAll(List.of(more));
        expect(0, "extract-job", arguments.toArray(String[]::new));
    }

    void transform(String ds) {
        expect(0, "transform-job", "events", "--ds", ds);
    }

    void load(String ds) {
        expect(0, "load-job", "events", "--ds", ds);
    }

    void marts(String ds) {
        expect(0, "mart-job", "build", "--mart", "all", "--ds", ds);
    }

    /** Every row of the day's raw table and marts, as one number each: equal when the rows are equal. */
    Map<String, String> checksums() {
        Map<String, String> sums = new HashMap<>();
        for (String table : Stream.concat(
                        Stream.of("raw.raw_events"), MARTS.stream().map(mart -> "mart." + mart))
                .toList()) {
            sums.put(
                    table,
                    database.value(
                            "SELECT COUNT(*) || ' ' || COALESCE(SUM(hashtextextended(CAST(t AS TEXT), 0)), 0) FROM "
                                    + table + " AS t"));
        }
        return sums;
    }

    /** The lines of all files whose name begins so, anywhere below an area of the workspace. */
    List<String> lines(String area, String prefix) {
        try (Stream<Path> tree = Files.walk(workspace.resolve(area))) {
            List<String> lines = new ArrayList<>();
            for (Path file : tree.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
            return lines;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
