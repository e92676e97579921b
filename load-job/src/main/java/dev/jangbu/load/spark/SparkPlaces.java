package dev.jangbu.load.spark;

import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.kit.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places only spark-job can look through: the lake, and the aggregates of days. Whether there are any is found
 * without Spark, so that nothing of it is started where there are none.
 *
 * @param lakeState where the catalog says the state of {@code lake.events} lies; null where there is no lake
 * @param hasAggregates whether there is any file of them
 * @param strayLake the workspace's folder of a lake, where no table of this database is behind it; null where there is none
 */
public record SparkPlaces(
        @Nullable String lakeState,
        boolean hasAggregates,
        @Nullable Path strayLake) {
    public static final String LAKE = "lake.events";
    public static final String AGGREGATES = "aggregates";
    private static final String FOLDER_OF_LAKE = "lake";
    private static final String WITHDRAWN = "withdrawn.txt";

    public static SparkPlaces read(Connection connection, Workspace workspace) throws SQLException {
        String lake = lakeState(connection).orElse(null);
        Path folder = workspace.root().resolve(FOLDER_OF_LAKE);
        boolean isStray = lake == null && hasFiles(folder);
        return new SparkPlaces(lake, hasFiles(workspace.root().resolve(AGGREGATES)), isStray ? folder : null);
    }

    /** Whether spark-job looks a file through. */
    public static boolean isIn(Workspace workspace, Path file) {
        return file.startsWith(workspace.root().resolve(FOLDER_OF_LAKE))
                || file.startsWith(workspace.root().resolve(AGGREGATES));
    }

    public boolean hasLake() {
        return lakeState != null;
    }

    /** Those there are. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (hasLake()) {
            names.add(LAKE);
        }
        if (hasAggregates) {
            names.add(AGGREGATES);
        }
        return names;
    }

    /**
     * Those whose proof is not among the given ones, or is of another state of the lake than the present.
     *
     * @param proven state by place; aggregates have none
     */
    public List<String> unproven(Map<String, String> proven) {
        return names().stream()
                .filter(name ->
                        name.equals(LAKE) ? !Objects.equals(proven.get(name), lakeState) : !proven.containsKey(name))
                .toList();
    }

    private static Optional<String> lakeState(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        SELECT metadata_location FROM lake.iceberg_tables
                        WHERE catalog_name = 'lake' AND table_namespace = '' AND table_name = 'events'""");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private static boolean hasFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.anyMatch(file -> Files.isRegularFile(file) && !file.endsWith(WITHDRAWN));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", folder, failure);
        }
    }
}
