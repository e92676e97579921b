package dev.jangbu.search.keys;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.search.access.KeyText;
import dev.jangbu.search.access.Role;
import java.security.SecureRandom;
import java.sql.Types;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code search-api keys add NAME --tenant acme}: prints the key, this once. */
@Command(name = "add", description = "Make a key and print it; only its hash is kept, so it is never shown again.")
public final class KeysAddCommand implements Callable<ExitCode> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final String ADD = """
            INSERT INTO ops.api_key (name, key_hash, tenant_id, role, store_ids)
            VALUES (:name, :key_hash, :tenant, :role, :stores)
            ON CONFLICT (name) DO NOTHING""";

    @Parameters(paramLabel = "NAME", description = "Whom or what it is for, such as kim or nightly-report.")
    private String name = "";

    @Option(names = "--tenant", required = true, paramLabel = "ID", description = "The only tenant it opens.")
    private String tenant = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "reader",
            description = "reader, or reviewer who also judges anomalies (default: ${DEFAULT-VALUE}).")
    private String role = "reader";

    @Option(
            names = "--stores",
            split = ",",
            paramLabel = "N,N",
            description = "The stores it opens (default: all of the tenant).")
    private @Nullable List<Long> stores;

    @Mixin
    private KeyDatabase database = new KeyDatabase();

    @Override
    public ExitCode call() {
        require("NAME", name, NAME, "small letters, digits, dot, dash, such as kim");
        require("--tenant", tenant, TENANT, "a tenant such as acme");
        Role known = Role.of(role)
                .orElseThrow(
                        () -> new JobFailure(ExitCode.USAGE, "--role: " + role + " (expected: reader or reviewer)"));
        String key = KeyText.generate(new SecureRandom());
        return database.run(handle -> {
            Update adding = handle.createUpdate(ADD)
                    .bind("name", name)
                    .bind("key_hash", KeyText.hash(key))
                    .bind("tenant", tenant)
                    .bind("role", known.nameInSettings());
            if (stores == null) {
                adding.bindNull("stores", Types.ARRAY);
            } else {
                adding.bindArray("stores", Long.class, stores);
            }
            if (adding.execute() == 0) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        "NAME: " + name + " is taken (expected: one no key ever had; revoked ones keep theirs)");
            }
            System.out.println(key);
            return ExitCode.DONE;
        });
    }

    private static void require(String option, String value, Pattern pattern, String expected) {
        if (!pattern.matcher(value).matches()) {
            throw new JobFailure(ExitCode.USAGE, option + ": " + value + " (expected: " + expected + ")");
        }
    }
}
