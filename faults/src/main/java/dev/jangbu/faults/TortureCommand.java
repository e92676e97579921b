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

    @Option(
            names = "--fault",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, in this order (default: all; see --list).")
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

    @Option(
            names = "--rounds",
            split = ",",
            paramLabel = "N|NAME=N",
            description = "Rounds of each fault, or of one: --rounds 20,kill-load=80.")
    private List<String> rounds = List.of();

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
            Table table = new Table(drawn, size);
            Torture torture =
                    new Torture(scene, new Torture.Plan(drawn, rounds(), first, minutes), System.out, table::add);
            Thread onStop = new Thread(() -> stopped(site, table), "stop");
            Runtime.getRuntime().addShutdownHook(onStop);
            int after = chosen.size();
            for (Fault fault : chosen) {
                table.add(torture.run(fault, --after));
            }
            Runtime.getRuntime().removeShutdownHook(onStop);
            return tell(table.reports());
        } finally {
            if (!isKept) {
                site.remove();
            }
        }
    }

    /** The reports of the faults so far, in order; told by the torture, asked for when it is stopped too. */
    private final class Table {
        private final long drawn;
        private final int size;
        private final Map<String, FaultReport> reports = new LinkedHashMap<>();

        private Table(long drawn, int size) {
            this.drawn = drawn;
            this.size = size;
        }

        private synchronized void add(FaultReport report) throws IOException {
            reports.put(report.fault(), report);
            write(drawn, size, reports());
        }

        private synchronized List<FaultReport> reports() {
            return List.copyOf(reports.values());
        }
    }

    /** By Ctrl-C or SIGTERM: what was done until then counts, and no server or database outlives its torture. */
    private static void stopped(Site site, Table table) {
        List<FaultReport> reports = table.reports();
        System.out.println("\nstopped; until then:");
        tell(reports);
        try {
            if (site.server().isOwn()) {
                site.server().crash();
            } else {
                site.server().remove();
            }
        } catch (IOException | SQLException failure) {
            System.out.println("not tidied up after " + site.root() + ": " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
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
        if (names.isEmpty()) {
            return all;
        }
        return names.stream().map(name -> all.get(known.indexOf(name))).toList();
    }

    private Map<String, Integer> rounds() {
        List<String> known = Faults.all().stream().map(Fault::name).toList();
        Map<String, Integer> all = new LinkedHashMap<>();
        for (String each : rounds) {
            int equals = each.indexOf('=');
            String name = equals < 0 ? Torture.Plan.EACH : each.substring(0, equals);
            String number = each.substring(equals + 1);
            if (!number.matches("[1-9]\\d{0,6}") || (equals >= 0 && !known.contains(name))) {
                throw new ParameterException(
                        spec.commandLine(), "--rounds: " + each + " (expected: 20, or kill-load=20 for one fault)");
            }
            all.put(name, Integer.parseInt(number));
        }
        return all;
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
