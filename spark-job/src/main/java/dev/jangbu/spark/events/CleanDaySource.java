package dev.jangbu.spark.events;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.session.SparkStart;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The clean files of a run's day, as transform-job published them. */
public final class CleanDaySource implements DaySource {
    private final RunContext context;
    private final DataSource database;
    private final SparkStart spark;
    private @Nullable CheckedFiles files;

    public CleanDaySource(RunContext context, DataSource database, SparkStart spark) {
        this.context = context;
        this.database = database;
        this.spark = spark;
    }

    @Override
    public Origin origin() throws SQLException {
        files = files(context, database);
        Manifest manifest = files.manifest();
        return new Origin(
                manifest.source(), manifest.profile(), manifest.rows(), manifest.windowFrom(), manifest.windowTo());
    }

    @Override
    public Dataset<Row> events() {
        CheckedFiles read = Objects.requireNonNull(files, "origin() first");
        read.requireUnchanged();
        return new CleanEvents(spark.session(), read).rows();
    }

    /** Not those of the run's slice, but what the day's one writer wrote for all. */
    public static CheckedFiles files(RunContext context, DataSource database) throws SQLException {
        String remedy = "run transform-job first: java -jar transform-job/target/transform-job.jar " + context.dataset()
                + " --ds " + context.businessDate();
        DayFolder folder = context.workspace().clean(context.dataset(), Workspace.WHOLE_DAY, context.businessDate());
        try (Connection connection = database.getConnection()) {
            return new CheckedFiles(folder, context.readPublished(connection, folder, remedy), remedy);
        }
    }
}
