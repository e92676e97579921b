package dev.jangbu.spark.lake;

import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.workspace.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;

/**
 * Iceberg's catalog in the workspace's PostgreSQL, schema {@code lake}, whose tables a migration makes. It works as the
 * role {@code jangbu_lake}, whoever logs in, and finds the password by itself: Spark shows settings, writes them into
 * logs and sends them to executors. Made by Iceberg, from its name in Spark's settings.
 */
public final class LakeCatalog extends JdbcCatalog {
    static final String WORKSPACE = "workspace";
    static final String SETTING = "setting.";
    static final String RUN = "run";
    static final String FENCE = "fence";
    static final String READ_ONLY = "read-only";

    private static final String ROLE = "jangbu_lake";
    private static final String SCHEMA = "lake";

    public LakeCatalog() {
        super(null, LakeCatalog::clients, false);
    }

    String warehouse() {
        return properties().getOrDefault("warehouse", "");
    }

    private static JdbcClientPool clients(Map<String, String> properties) {
        DatabaseSettings database = database(properties);
        Map<String, String> login = new HashMap<>();
        login.put("jdbc.user", database.user());
        if (!database.password().isEmpty()) {
            login.put("jdbc.password", database.password());
        }
        login.put("jdbc.ApplicationName", "jangbu:" + properties.getOrDefault(RUN, SCHEMA));
        login.put("jdbc.connectTimeout", "5");
        login.put("jdbc.tcpKeepAlive", "true");
        login.put("jdbc.options", session(properties));
        return new JdbcClientPool(database.url(), login);
    }

    private static DatabaseSettings database(Map<String, String> properties) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        properties.forEach((key, value) -> {
            if (key.startsWith(SETTING)) {
                environment.put(key.substring(SETTING.length()), value);
            }
        });
        return DatabaseSettings.from(environment, new Workspace(Path.of(properties.getOrDefault(WORKSPACE, "data"))));
    }

    /** What each session of the pool is told as it begins. */
    private static String session(Map<String, String> properties) {
        StringBuilder options = new StringBuilder(
                "-c role=" + ROLE + " -c search_path=" + SCHEMA + " -c client_connection_check_interval=2s");
        if (properties.containsKey(FENCE)) {
            options.append(" -c jangbu.fence=").append(properties.get(FENCE));
        }
        if (properties.containsKey(READ_ONLY)) {
            options.append(" -c default_transaction_read_only=on");
        }
        return options.toString();
    }
}
