package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.Fence;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Where the lake's files lie, and how its catalog is reached: as the properties Iceberg takes. No secret is among them.
 *
 * @param warehouse URL of the folder or bucket, from {@code JANGBU_LAKE_URL}; {@code <workspace>/lake} without it
 * @param catalog of Iceberg's catalog
 * @param hadoop of Hadoop's file systems
 */
public record LakeSettings(String warehouse, Map<String, String> catalog, Map<String, String> hadoop) {
    /** How the catalog is called in SQL: {@code lake.events}. */
    static final String NAME = "lake";

    private static final String SETTING = "JANGBU_LAKE_URL";
    private static final String OF_SPARK = "spark.sql.catalog." + NAME;
    private static final List<String> DATABASE = List.of("JANGBU_DB_URL", "JANGBU_DB_USER", "JANGBU_DB_PASSWORD_FILE");

    public LakeSettings {
        catalog = Map.copyOf(catalog);
        hadoop = Map.copyOf(hadoop);
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when a setting is wrong */
    public static LakeSettings from(Map<String, String> environment, Workspace workspace) {
        Store warehouse = warehouse(environment, workspace);
        Map<String, String> catalog = new LinkedHashMap<>();
        catalog.put("catalog-impl", LakeCatalog.class.getName());
        catalog.put("warehouse", warehouse.url());
        // Not read before LakeCatalog knows the database, and Iceberg wants one.
        catalog.put("uri", "jdbc:postgresql:");
        // A run sees what others commit meanwhile.
        catalog.put("cache-enabled", "false");
        catalog.put(LakeCatalog.WORKSPACE, workspace.root().toAbsolutePath().toString());
        for (String setting : DATABASE) {
            String value = environment.getOrDefault(setting, "");
            if (!value.isBlank()) {
                catalog.put(LakeCatalog.SETTING + setting, value);
            }
        }
        return new LakeSettings(warehouse.url(), catalog, warehouse.hadoop());
    }

    /** The same, as a run that holds a token: once it is taken over, PostgreSQL refuses its commits. */
    public LakeSettings as(String runId, Fence fence) {
        return with(Map.of(
                LakeCatalog.RUN, runId, LakeCatalog.FENCE, fence.request().identity() + "/" + fence.token()));
    }

    /** The same, with nothing to be changed through it. */
    public LakeSettings readOnly() {
        return with(Map.of(LakeCatalog.READ_ONLY, "true"));
    }

    /** A session of Spark's in which the lake is there under its name; settings of other sessions stay. */
    public SparkSession session(SparkSession spark) {
        SparkSession session = spark.newSession();
        session.conf().set(OF_SPARK, "org.apache.iceberg.spark.SparkCatalog");
        catalog.forEach((key, value) -> session.conf().set(OF_SPARK + "." + key, value));
        hadoop.forEach((key, value) -> session.conf().set(OF_SPARK + ".hadoop." + key, value));
        return session;
    }

    /** The catalog without Spark: enough for what needs no rows. */
    public LakeCatalog open() {
        LakeCatalog opened = new LakeCatalog();
        opened.setConf(configuration());
        opened.initialize(NAME, catalog);
        return opened;
    }

    public Configuration configuration() {
        Configuration configuration = new Configuration();
        hadoop.forEach(configuration::set);
        return configuration;
    }

    private LakeSettings with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(catalog);
        all.putAll(more);
        return new LakeSettings(warehouse, all, hadoop);
    }

    private static Store warehouse(Map<String, String> environment, Workspace workspace) {
        String url = environment.getOrDefault(SETTING, "");
        String inWorkspace =
                workspace.root().toAbsolutePath().resolve("lake").toUri().toString();
        return Store.of(SETTING, url.isBlank() ? inWorkspace : url, environment);
    }
}
