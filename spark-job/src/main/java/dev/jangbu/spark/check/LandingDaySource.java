package dev.jangbu.spark.check;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Seconds;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.events.CleanEvents;
import dev.jangbu.spark.events.DaySource;
import dev.jangbu.spark.session.SparkStart;
import dev.jangbu.transform.LandingReader;
import dev.jangbu.transform.TransformOptions;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.replay.PublishedCorrections;
import dev.jangbu.transform.report.QualityReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A run's day out of its landing: only lines that {@code validate} would keep, with the corrections of a replay, and only of
 * a day that passes. No file is written and no book is kept of it.
 */
public final class LandingDaySource implements DaySource {
    private final RunContext context;
    private final DataSource database;
    private final SparkStart spark;
    private final TransformOptions options;
    private @Nullable LandingRows judged;

    public LandingDaySource(RunContext context, DataSource database, SparkStart spark, TransformOptions options) {
        this.context = context;
        this.database = database;
        this.spark = spark;
        this.options = options;
    }

    /** @throws JobFailure with {@link ExitCode#QUALITY_FAILED} when the day does not pass its checks */
    @Override
    public Origin origin() throws SQLException {
        long start = System.nanoTime();
        Workspace workspace = context.workspace();
        DayFolder folder = workspace.landing(context.dataset(), Workspace.WHOLE_DAY, context.businessDate());
        Manifest landing = published(folder);
        Contract contract = LandingReader.contract(options, landing, folder);
        List<LandingPart> parts = PublishedCorrections.read(
                        workspace.corrections(context.dataset(), Workspace.WHOLE_DAY, context.businessDate()))
                .over(LandingReader.parts(folder, landing));
        LandingRows rows =
                LandingRows.of(spark.session(), Rules.of(contract, context.calendar(), context.businessDate()), parts);
        context.summary()
                .fact("contract", contract.name())
                .fact("lines", rows.lines())
                .fact("rejected", rows.lines() - rows.clean());
        requirePassing(QualityReport.of(
                context.businessDate(),
                rows.files(),
                rows.tallies(),
                contract,
                options.allowEmpty(),
                Seconds.since(start),
                context.version()));
        judged = rows;
        return new Origin(landing.source(), contract.name(), rows.clean(), landing.windowFrom(), landing.windowTo());
    }

    @Override
    public Dataset<Row> events() {
        LandingRows rows = Objects.requireNonNull(judged, "origin() first");
        return CleanEvents.of(spark.session(), rows.rows(), context.businessDate());
    }

    private Manifest published(DayFolder folder) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return context.readPublished(connection, folder, LandingReader.remedy(context.businessDate()));
        }
    }

    private void requirePassing(QualityReport report) {
        if (!report.isPassing()) {
            throw new JobFailure(
                    ExitCode.QUALITY_FAILED,
                    "the day did not pass its checks: " + report.reason() + "; `validate events --ds "
                            + context.businessDate() + "` writes what was refused, and why");
        }
    }
}
