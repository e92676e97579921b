package dev.jangbu.extract.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jangbu.extract.account.CredentialVault;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs of a source for one account, as the command starts them, with a clock of the test's. */
public final class ShopRuns {
    private final Map<String, String> environment;
    private final CredentialVault vault;
    private final Workspace workspace;
    private final String accountId;
    private final Clock clock;
    private LandingFormat format = LandingFormat.plain();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ShopRuns(
            Map<String, String> environment, CredentialVault vault, Path folder, String accountId, Clock clock) {
        this.environment = environment;
        this.vault = vault;
        this.workspace = new Workspace(folder);
        this.accountId = accountId;
        this.clock = clock;
    }

    /** For {@code cafe24-hlogdemo} of tenant {@code hlog}, which is added. */
    public static ShopRuns of(TestDatabase database, Path folder, Clock clock) {
        TestAccounts accounts = new TestAccounts(database, folder.resolve("key"));
        accounts.addCafe24("hlogdemo", null, Map.of("client_id", "id", "client_secret", "secret"), null);
        return of(database, folder, accounts, "cafe24-hlogdemo", clock);
    }

    /** For an account that is there. */
    public static ShopRuns of(
            TestDatabase database, Path folder, TestAccounts accounts, String accountId, Clock clock) {
        return new ShopRuns(database.environment(), accounts.vault(), folder, accountId, clock);
    }

    /** From now on in parts of about so many bytes. */
    public void inPartsOf(long bytes) {
        format = new LandingFormat(false, bytes);
    }

    public Workspace workspace() {
        return workspace;
    }

    public ExitCode run(ShopSource source, String dataset, LocalDate day) {
        return run(source, dataset, day, new WindowOptions(accountId, false, null), clock);
    }

    public ExitCode run(ShopSource source, String dataset, LocalDate day, WindowOptions options, Clock at) {
        JobRunner runner = new JobRunner(environment, at, new PrintStream(out, true, UTF_8), true);
        RunRequest request = new RunRequest("extract-job", dataset, options.slice(), day, "1", workspace);
        return runner.run(request, WindowConfiguration.class, source, options, format, vault);
    }

    /** A run for today that joins one that is on its way since then. */
    public Joined join(ShopSource source, String dataset, LocalDate day, long askedNanos) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        JobRunner runner = new JobRunner(environment, clock, new PrintStream(told, true, UTF_8), true);
        ExitCode code = runner.join(
                new RunRequest("extract-job", dataset, accountId, day, "1", workspace),
                Duration.ofNanos(System.nanoTime() - askedNanos),
                WindowConfiguration.class,
                source,
                new WindowOptions(accountId, false, null),
                LandingFormat.plain(),
                vault);
        List<String> lines = told.toString(UTF_8).lines().toList();
        return new Joined(code, lines.get(lines.size() - 1));
    }

    /** How a run ended that was started beside others. */
    public record Joined(ExitCode code, String summary) {}

    public DayFolder landing(String dataset, LocalDate day) {
        return workspace.landing(dataset, accountId, day);
    }

    /** The records of the landing, without when they were observed. */
    public List<String> records(String dataset, LocalDate day) {
        DayFolder folder = landing(dataset, day);
        List<String> records = new ArrayList<>();
        for (Manifest.Entry part : folder.read("no remedy").files()) {
            try {
                Files.readAllLines(folder.path().resolve(part.path())).stream()
                        .map(line -> Json.mapper().readTree(line).get("record").toString())
                        .forEach(records::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return records;
    }

    /** The summary of the last run. */
    public String lastLine() {
        List<String> lines = out.toString(UTF_8).lines().toList();
        return lines.get(lines.size() - 1);
    }
}
