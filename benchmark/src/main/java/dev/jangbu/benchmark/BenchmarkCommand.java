package dev.jangbu.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code make bench}: prints the table of ours against the yardsticks. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        description = "Measure the jobs on a million-event day against DuckDB, a bare COPY and the marts' bare SQL.")
public final class BenchmarkCommand implements Callable<Integer> {
    @Option(names = "--project", defaultValue = ".", description = "The checkout, built (default: ${DEFAULT-VALUE}).")
    private Path project = Path.of(".");

    @Option(
            names = "--workspace",
            defaultValue = "${env:JANGBU_WORKSPACE:-data}",
            description = "The workspace (default: data, or env JANGBU_WORKSPACE).")
    private Path workspace = Path.of("data");

    @Option(names = "--ds", defaultValue = "2025-06-14", description = "Business date (default: ${DEFAULT-VALUE}).")
    private LocalDate businessDate = LocalDate.of(2025, 6, 14);

    @Option(names = "--users", defaultValue = "270000", description = "Users of the shop (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(names = "--runs", defaultValue = "3", description = "Runs of each step (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--out", defaultValue = "", description = "Also write the table to this file.")
    private String out = "";

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchmarkCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Day day = new Day(workspace.toAbsolutePath().normalize(), businessDate);
        Benchmark benchmark = new Benchmark(project.toAbsolutePath().normalize(), day, runs);
        System.out.println(benchmark.extract(users));
        System.out.printf(
                "%s: %,d events, %,d MB; Java %s, %d processors, %d runs each%n",
                businessDate,
                day.landingLines(),
                day.landingBytes() / 1_000_000,
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                runs);
        List<String> table = benchmark.run().stream().map(Comparison::row).toList();
        String text = Comparison.header() + "\n" + String.join("\n", table) + "\n";
        System.out.print(text);
        if (!out.isBlank()) {
            Path file = Path.of(out).toAbsolutePath();
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text);
        }
        return 0;
    }
}
