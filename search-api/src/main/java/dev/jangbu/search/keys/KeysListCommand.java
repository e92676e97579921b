package dev.jangbu.search.keys;

import dev.jangbu.kit.exit.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code search-api keys list}: one line a key. */
@Command(name = "list", description = "Show whom keys were given to; the keys themselves are kept nowhere.")
public final class KeysListCommand implements Callable<ExitCode> {
    private static final String LIST = """
            SELECT
                granted.name || ' tenant=' || granted.tenant_id || ' role=' || granted.role
                || ' stores=' || COALESCE(ARRAY_TO_STRING(granted.store_ids, ','), 'all')
                || ' since=' || TO_CHAR(granted.created_at, 'YYYY-MM-DD')
                || COALESCE(' revoked=' || TO_CHAR(granted.revoked_at, 'YYYY-MM-DD'), '')
            FROM ops.api_key AS granted
            ORDER BY granted.name""";

    @Mixin
    private KeyDatabase database = new KeyDatabase();

    @Override
    public ExitCode call() {
        return database.run(handle -> {
            handle.createQuery(LIST).mapTo(String.class).forEach(System.out::println);
            return ExitCode.DONE;
        });
    }
}
