package dev.jangbu.spark;

import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.session.SparkOptions;
import dev.jangbu.spark.session.SparkStart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The one session of this JVM's tests, with the settings of the job; it ends with the JVM. */
public final class TestSpark {
    private static final SparkStart START = SparkStart.begin(new SparkOptions()
            .settings(new Workspace(Path.of("target/spark-tests")), Map.of("JANGBU_SPARK_MASTER", "local[2]")));

    private TestSpark() {}

    public static SparkStart start() {
        return START;
    }

    public static SparkSession session() {
        return START.session();
    }

    /** The rows in their order, each as its columns joined by {@code |}, NULL as {@code NULL}. */
    public static List<String> rows(Dataset<Row> dataset) {
        return dataset.collectAsList().stream().map(TestSpark::text).toList();
    }

    private static String text(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> row.isNullAt(column) ? "NULL" : String.valueOf(row.get(column)))
                .collect(Collectors.joining("|"));
    }
}
