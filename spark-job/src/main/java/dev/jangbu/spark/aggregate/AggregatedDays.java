package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.session.SparkStart;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The days whose aggregates lie in a workspace, for who has to make them again. */
public final class AggregatedDays {
    public static final String SLICE = AggregateCommand.SLICE;
    private static final String AREA = "aggregates";

    private final Workspace workspace;
    private final Map<String, String> environment;
    private final SparkStart spark;
    private final PrintStream out;

    public AggregatedDays(Workspace workspace, Map<String, String> environment, SparkStart spark, PrintStream out) {
        this.workspace = workspace;
        this.environment = Map.copyOf(environment);
        this.spark = spark;
        this.out = out;
    }

    public Path root() {
        return workspace.root().resolve(AREA);
    }

    /** Each day that has a folder, in order. */
    public List<LocalDate> all() {
        Path folder = root().resolve(AggregateCommand.EVENTS);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> days = Files.list(folder)) {
            return days.flatMap(AggregatedDays::day).sorted().toList();
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", folder, failure);
        }
    }

    public DayFolder folder(LocalDate day) {
        return WorkspacePlace.folder(workspace, AggregateCommand.EVENTS, day);
    }

    /** What is published of a day. */
    public Optional<Manifest> manifest(LocalDate day) {
        return folder(day).manifest();
    }

    /**
     * Computes a day's tables anew, as a run of its own.
     *
     * @param isFromLake of the rows of the lake, else of the clean files
     */
    public ExitCode makeAgain(RunRequest request, boolean isFromLake) {
        EventSource source = isFromLake ? new EventSource.Lake(environment) : new EventSource.Clean();
        return new JobRunner(environment, Clock.systemUTC(), out, false)
                .run(request, AggregateConfiguration.class, spark, source, TableTarget.WORKSPACE);
    }

    private static Stream<LocalDate> day(Path folder) {
        try {
            return Stream.of(LocalDate.parse(folder.getFileName().toString()));
        } catch (DateTimeException none) {
            return Stream.empty();
        }
    }
}
