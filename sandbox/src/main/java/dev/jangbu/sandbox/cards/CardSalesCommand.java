package dev.jangbu.sandbox.cards;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exit codes: 0 filled, 1 the database or a file refused, 2 wrong arguments. */
@Command(
        name = "card-sales",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make and fill the table " + CardSalesTable.NAME + " of an acquirer, with anomalies planted.")
public final class CardSalesCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int STORES_A_PLANT = 4;
    private static final int LEAST_PLANTS = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--stores", paramLabel = "N", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
    private int stores;

    @Option(names = "--days", paramLabel = "N", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}.")
    private int days;

    @Option(
            names = "--ending",
            paramLabel = "DATE",
            defaultValue = "2026-03-01",
            description = "The last day (default: ${DEFAULT-VALUE}).")
    private String ending = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "What all is drawn from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--sales", paramLabel = "N", description = "Rows in all (default: what so many stores take).")
    private @Nullable Long sales;

    @Option(
            names = "--plant",
            paramLabel = "N",
            description =
                    "Incidents of each rule, and near-misses of two (default: one for each four stores, at least five).")
    private @Nullable Integer plant;

    @Option(
            names = "--planted",
            paramLabel = "FILE",
            required = true,
            description = "Where to write which rows are planted, and which come near to it, a line of JSON each.")
    private Path planted = Path.of("planted.jsonl");

    @Option(
            names = "--url",
            required = true,
            description = "The database, as jdbc:mariadb://HOST:PORT/NAME?sslMode=verify-full&serverSslCert=FILE.")
    private String url = "";

    @Option(names = "--user", required = true, description = "Who may make the table there.")
    private String user = "";

    @Option(names = "--password-file", paramLabel = "FILE", required = true, description = "Holds the user's password.")
    private Path passwordFile = Path.of("password");

    @Option(names = "--replace", description = "Drop a table of that name that is there.")
    private boolean isReplacing;

    @Override
    public Integer call() {
        long begin = System.nanoTime();
        Settings settings = settings();
        try (Connection connection = DriverManager.getConnection(url, login())) {
            if (!isReplacing && CardSalesTable.isThere(connection)) {
                return refused(CardSalesTable.NAME + ": is there (expected: none; --replace drops it)");
            }
            Path temporary = planted.resolveSibling(planted.getFileName() + ".new");
            Filling filling;
            try (BufferedWriter writer = Files.newBufferedWriter(temporary)) {
                filling = new Filling(connection, writer);
                filling.fill(settings);
            }
            Files.move(temporary, planted, StandardCopyOption.REPLACE_EXISTING);
            tell(settings, filling, (System.nanoTime() - begin) / 1e9);
            return DONE;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        } catch (SQLException failure) {
            return refused("the database refused: " + failure.getMessage());
        } catch (IOException failure) {
            return refused("cannot read or write " + failure.getMessage());
        }
    }

    private Settings settings() {
        try {
            int incidents = plant != null ? plant : Math.max(LEAST_PLANTS, stores / STORES_A_PLANT);
            return new Settings(stores, days, seed, LocalDate.parse(ending), sales == null ? 0 : sales, incidents);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Properties login() throws IOException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", Files.readString(passwordFile).strip());
        login.setProperty("allowLocalInfile", "true");
        return login;
    }

    private void tell(Settings settings, Filling filling, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %d rows of %d stores, %s to %s, %.1f s%n",
                CardSalesTable.NAME, filling.rows(), settings.stores(), settings.date(0), settings.ending(), seconds);
        out.printf("planted, %d of each rule, rows: %s%n", settings.plant(), told(filling.counts()));
        out.printf("near-misses, honest rows: %s%n", told(filling.nearMisses()));
        out.flush();
    }

    private static String told(Map<Rule, Long> counts) {
        return counts.entrySet().stream().map(CardSalesCommand::count).collect(Collectors.joining(", "));
    }

    private static String count(Map.Entry<Rule, Long> count) {
        return count.getKey().label() + " " + count.getValue();
    }

    private int refused(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(message);
        err.flush();
        return REFUSED;
    }
}
