package dev.jangbu.faults;

import dev.jangbu.faults.fault.Depth;
import dev.jangbu.faults.fault.Fault;
import dev.jangbu.faults.fault.Faults;
import dev.jangbu.faults.fault.Scene;
import dev.jangbu.faults.oracle.Day;
import dev.jangbu.faults.oracle.Yardstick;
import dev.jangbu.faults.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code make torture}. Exit codes: 0 nothing lost, nothing doubled, nothing else found; 1 otherwise; 2 wrong arguments. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Disturb the packaged jobs in every way known, on a scratch workspace and database, and compare"
                + " what they acknowledged with a day that nothing disturbed.")
public final class TortureCommand implements Callable<Integer> {
    private static final String DS = "2026-01-15";
    private static final int SHORT_USERS = 1_500;
    private static final int LONG_USERS = 20_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--fault", split = ",", paramLabel = "NAME", description = "Only these (default: all; see --list).")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Name the faults and what each does.")
    private boolean list;

    @Option(names = "--short", description = "A few rounds of each, in minutes.")
    private boolean isShort;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "What is drawn (default: drawn, and told).")
    private long seed;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "0", description = "Rounds of each fault.")
    private int rounds;

    @Option(names = "--first", paramLabel = "N", defaultValue = "0", description = "Number of the first round.")
    private int first;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Begin no round after so long; each fault gets its share.")
    private long minutes;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "0",
            description = "Users of the day (20,000; short 1,500).")
    private int users;

    @Option(names = "--project", defaultValue = ".", description = "The checkout, built (default: ${DEFAULT-VALUE}).")
    private Path project = Path.of(".");

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "Where scratch folders go (default: target/torture).")
    private Path scratch = Path.of("target", "torture");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The table as JSON (default: target/torture/report.json).")
    private Path report = Path.of("target", "torture", "report.json");

    @Option(names = "--keep", description = "Leave the scratch folder, or database, for a look.")
    private boolean isKept;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TortureCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        List<Fault> chosen = chosen();
        if (list) {
            chosen.forEach(fault -> System.out.printf("%-20s %-12s %s%n", fault.name(), fault.numbers(), fault.what()));
            return 0;
        }
        long drawn = seed == 0 ? new Random().nextInt(1, Integer.MAX_VALUE) : seed;
        Depth depth = isShort ? Depth.SHORT : Depth.LONG;
        int size = users > 0 ? users : isShort ? SHORT_USERS : LONG_USERS;
        Path home = project.toAbsolutePath().normalize();
        Site site = Site.open(home, scratch.toAbsolutePath().normalize(), System.getenv());
        System.out.printf("seed %d, %d users, scratch %s%n", drawn, size, site.root());
        try {
            Scene scene = new Scene(site, Yardstick.make(site, new Day(DS, size, 7)), depth);
            Torture torture = new Torture(scene, new Torture.Plan(drawn, rounds, first, minutes), System.out);
            List<FaultReport> reports = new ArrayList<>();
            for (Fault fault : chosen) {
                reports.add(torture.run(fault, chosen.size() - reports.size() - 1));
                write(drawn, size, reports);
            }
            return tell(reports);
        } finally {
            if (!isKept) {
                site.remove();
            }
        }
    }

    private List<Fault> chosen() {
        List<Fault> all = Faults.all();
        List<String> known = all.stream().map(Fault::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "--fault: " + name + " (expected: " + String.join(", ", known) + ")");
            }
        }
        return all.stream()
                .filter(fault -> names.isEmpty() || names.contains(fault.name()))
                .toList();
    }

    private static int tell(List<FaultReport> reports) {
        System.out.println();
        System.out.println(FaultReport.header());
        reports.forEach(report -> System.out.println(report.row()));
        List<String> findings =
                reports.stream().flatMap(report -> report.findings().stream()).toList();
        findings.forEach(System.out::println);
        return reports.stream().anyMatch(FaultReport::isBroken) ? 1 : 0;
    }

    private void write(long drawn, int size, List<FaultReport> reports) throws IOException {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("seed", drawn);
        whole.put("users", size);
        whole.put("form", isShort ? "short" : "long");
        whole.put("faults", reports);
        Path file = report.toAbsolutePath();
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(
                file,
                JsonMapper.shared().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(whole));
    }
}
