package dev.jangbu.extract.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code extract-job.jar accounts list}: the accounts, and what their owners are to do. Shows no secret. */
@Command(name = "list", description = "The accounts, and what their owners are to do.")
public final class AccountsListCommand implements Callable<ExitCode> {
    /** So long before its end people are warned of a token that nobody renews. */
    private static final Duration WARNED = Duration.ofDays(3);

    private final Map<String, String> environment;
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--active", description = "Only those that need nobody's attention.")
    private boolean isActive;

    @Option(names = "--json", description = "As one JSON array, for programs.")
    private boolean isJson;

    @Mixin
    private RunOptions options = new RunOptions();

    public AccountsListCommand() {
        this(System.getenv(), Clock.systemUTC());
    }

    public AccountsListCommand(Map<String, String> environment, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public ExitCode call() {
        List<Listed> accounts = new AccountsDatabase(environment, options)
                .inTransaction(AccountsListCommand::listed).stream()
                        .filter(listed -> !isActive || listed.account().attention() == null)
                        .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(Json.line(accounts.stream().map(ForPrograms::of).toList()));
            return ExitCode.DONE;
        }
        if (accounts.isEmpty()) {
            out.println("no accounts; accounts add makes one");
        }
        accounts.stream().map(this::line).forEach(out::println);
        return ExitCode.DONE;
    }

    /** @param tokenEndsAt when its access ends for good unless it is renewed; null where it does not */
    private record Listed(Account account, @Nullable Instant tokenEndsAt) {}

    private static List<Listed> listed(AccountStore store) throws SQLException {
        Map<String, Instant> ends = store.tokenEnds();
        return store.all().stream()
                .map(account -> new Listed(account, ends.get(account.id())))
                .toList();
    }

    /** An account for programs, such as the DAG that runs them all. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ForPrograms(
            String accountId,
            String tenantId,
            String channel,
            String status,
            List<String> datasets,
            @Nullable String tokenEndsAt) {
        static ForPrograms of(Listed listed) {
            Account account = listed.account();
            Instant end = listed.tokenEndsAt();
            return new ForPrograms(
                    account.id(),
                    account.tenant(),
                    account.channel().word(),
                    account.attention() == null ? "ACTIVE" : "NEEDS_ATTENTION",
                    account.channel().datasets(),
                    end == null ? null : end.toString());
        }
    }

    private String line(Listed listed) {
        Account account = listed.account();
        Attention attention = account.attention();
        String state =
                attention == null ? "active" + shops(account) + warning(listed) : attention + ": " + attention.remedy();
        return String.format(
                Locale.ROOT,
                "%-24s %-32s %-8s %s",
                account.tenant(),
                account.id(),
                account.channel().word(),
                state);
    }

    private static String shops(Account account) {
        return account.shops().equals(Account.FIRST_SHOP)
                ? ""
                : ", shops " + account.shops().stream().map(String::valueOf).collect(Collectors.joining(" and "));
    }

    private String warning(Listed listed) {
        Instant end = listed.tokenEndsAt();
        Instant now = clock.instant();
        if (end == null || !end.isBefore(now.plus(WARNED))) {
            return "";
        }
        return end.isBefore(now)
                ? ", but its token has ended: accounts consent"
                : ", but its token ends at " + end.truncatedTo(ChronoUnit.SECONDS)
                        + ": accounts renew, or its owner must consent again";
    }
}
