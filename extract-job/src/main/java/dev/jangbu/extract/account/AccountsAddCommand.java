package dev.jangbu.extract.account;

import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar accounts add naver --tenant hlog --id my-store --secret client_id=… --secret client_secret=…}. */
@Command(
        name = "add",
        description = "Add an account, or renew one that needs attention. Secrets are read from files.",
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  extract-job accounts add naver --tenant hlog --id my-store \\",
            "      --secret client_id=secrets/id --secret client_secret=secrets/secret",
            "  extract-job accounts add mysql --tenant acme --id acquirer --secret password=secrets/password \\",
            "      --base-url 'mysql://reader@db.acme.example:3306/platform?ca=/etc/jangbu/ca.pem'"
        })
public final class AccountsAddCommand implements Callable<ExitCode> {
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int MOST_SHOPS = 10;
    private static final int HIGHEST_SHOP = 99;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");

    private final Map<String, String> environment;
    private final InputStream standardInput;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "cafe24, naver, ably, ga4, file or mysql.")
    private String channel = "";

    @Option(names = "--tenant", required = true, paramLabel = "NAME", description = "The shop it belongs to.")
    private String tenant = "";

    @Option(
            names = "--id",
            required = true,
            paramLabel = "ID",
            description =
                    "The platform's name of it: mall, store, log-in's short name or property; mysql: a short name.")
    private String externalId = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Jangbu's name of it, also the slice of its runs (default: CHANNEL-ID).")
    private @Nullable String name;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description =
                    "Where the platform is asked; only for a sandbox (default: its own address). mysql: where the database"
                            + " is, mysql://USER@HOST:3306/DATABASE?ca=FILE; TLS with the certificate checked unless"
                            + " tls=off, MariaDB's driver unless driver=mysql.")
    private @Nullable String baseUrl;

    @Option(
            names = "--shops",
            split = ",",
            paramLabel = "NUMBER",
            description =
                    "Cafe24: the numbers of the mall's shops to read, such as 1,2 (default: 1, or those it was added"
                            + " with).")
    private @Nullable List<Integer> shops;

    @Option(
            names = "--secret",
            paramLabel = "NAME=FILE",
            description = "A secret and the file it is in, - for standard input; once for each.")
    private Map<String, String> secretFiles = Map.of();

    @Mixin
    private RunOptions options = new RunOptions();

    public AccountsAddCommand() {
        this(System.getenv(), System.in);
    }

    AccountsAddCommand(Map<String, String> environment, InputStream standardInput) {
        this.environment = Map.copyOf(environment);
        this.standardInput = standardInput;
    }

    @Override
    public ExitCode call() {
        Account account = account();
        Credential credential =
                new Credential(new SecretFiles(standardInput).read(account.channel(), secretFiles), null);
        if (options.isDryRun()) {
            spec.commandLine().getOut().println("would add " + account.id() + " of " + account.tenant());
            return ExitCode.DONE;
        }
        new AccountsDatabase(environment, options).inTransaction(store -> {
            store.add(account, credential, shops != null);
            return account;
        });
        spec.commandLine().getOut().println("added " + account.id() + " of " + account.tenant());
        return ExitCode.DONE;
    }

    private Account account() {
        Channel known = Channel.named(channel);
        known.requireExternalId(externalId);
        known.requireAddress(baseUrl);
        String id = name == null ? known.word() + "-" + externalId : name;
        require("--tenant", tenant, TENANT);
        require(name == null ? "--name, from channel and --id" : "--name", id, NAME);
        return new Account(id, tenant, known, externalId, baseUrl, null, shops(known));
    }

    private List<Integer> shops(Channel known) {
        if (shops == null) {
            return Account.FIRST_SHOP;
        }
        if (known != Channel.CAFE24) {
            throw new JobFailure(ExitCode.USAGE, "--shops: given for " + known.word() + " (expected: only for cafe24)");
        }
        boolean isAllowed = shops.size() <= MOST_SHOPS
                && shops.stream().distinct().count() == shops.size()
                && shops.stream().allMatch(shop -> shop >= 1 && shop <= HIGHEST_SHOP);
        if (!isAllowed) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--shops: " + shops.stream().map(String::valueOf).collect(Collectors.joining(","))
                            + " (expected: up to " + MOST_SHOPS + " different numbers of 1.." + HIGHEST_SHOP + ")");
        }
        return shops;
    }

    private static void require(String what, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new JobFailure(
                    ExitCode.USAGE, what + ": " + value + " (expected: small letters, digits and hyphens, up to 63)");
        }
    }
}
