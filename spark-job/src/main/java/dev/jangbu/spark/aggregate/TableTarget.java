package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.spark.store.Store;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Where tables go, as a command is told: empty for the workspace. */
record TableTarget(Optional<Store> store) {
    static final TableTarget WORKSPACE = new TableTarget(Optional.empty());

    /** @throws dev.jangbu.kit.exit.JobFailure with exit code 2 when it is no place */
    static TableTarget of(String url, Map<String, String> environment) {
        return url.isEmpty() ? WORKSPACE : new TableTarget(Optional.of(Store.of("--out", url, environment)));
    }

    TablePlace of(RunContext context, DataSource database) {
        return store.<TablePlace>map(out -> new StorePlace(context, database, out))
                .orElseGet(() -> new WorkspacePlace(context, database));
    }
}
