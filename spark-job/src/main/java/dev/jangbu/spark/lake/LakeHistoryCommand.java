package dev.jangbu.spark.lake;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spark-job.jar lake history events}: the states of the table, the newest first. Reads, changes nothing. */
@Command(name = "history", description = "Lists the states of lake.events to go back to.", sortOptions = false)
final class LakeHistoryCommand implements Callable<ExitCode> {
    private final Map<String, String> environment;
    private final PrintStream out;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "events")
    private @Nullable String dataset;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many, the newest first (default: ${DEFAULT-VALUE}).")
    private int last = 50;

    @Option(names = "--json", description = "One JSON array on one line, for programs.")
    private boolean json;

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    LakeHistoryCommand() {
        this(System.getenv(), System.out);
    }

    LakeHistoryCommand(Map<String, String> environment, PrintStream out) {
        this.environment = Map.copyOf(environment);
        this.out = out;
    }

    @Override
    public ExitCode call() throws Exception {
        LakeCommand.requireEvents(dataset);
        if (last < 1) {
            throw new JobFailure(ExitCode.USAGE, "--last: " + last + " (expected: 1 or more)");
        }
        Set<String> asked =
                days.areGiven() ? days.days().stream().map(String::valueOf).collect(Collectors.toSet()) : Set.of();
        LakeDatabase.require(environment, options);
        HistoryText text = new HistoryText(BusinessCalendar.from(environment).zone());
        List<LakeSnapshot> listed = read().stream()
                .filter(state -> asked.isEmpty() || asked.contains(state.day()))
                .limit(last)
                .toList();
        (json ? List.of(text.json(listed)) : text.lines(listed)).forEach(out::println);
        return ExitCode.DONE;
    }

    private List<LakeSnapshot> read() throws Exception {
        LakeSettings lake = LakeSettings.from(environment, options.workspace()).readOnly();
        try (LakeCatalog catalog = lake.open()) {
            return EventsTable.find(catalog).map(EventsTable::newestFirst).orElse(List.of());
        } catch (RuntimeException failure) {
            throw LakeFailures.explain(failure);
        }
    }
}
