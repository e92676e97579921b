package dev.jangbu.load.erase;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is published of a day; null where nothing is.
 *
 * @param landingOrigins the landing's run and those whose remainder it is
 * @param cleanOrigins of the clean files' run, the same
 */
record DayPlaces(
        @Nullable Manifest landing,
        @Nullable Manifest clean,
        @Nullable Manifest rejects,
        @Nullable Manifest corrections,
        Set<String> landingOrigins,
        Set<String> cleanOrigins) {

    /** @throws dev.jangbu.kit.exit.JobFailure when a manifest is stale, or a file it names is not there */
    static DayPlaces read(Connection connection, RunContext context) throws SQLException {
        Manifest landing = published(connection, context, context.landing());
        Manifest clean = published(connection, context, context.clean());
        ErasureLog log = new ErasureLog(connection);
        return new DayPlaces(
                landing,
                clean,
                published(connection, context, context.rejects()),
                published(connection, context, context.corrections()),
                landing == null ? Set.of() : log.origins(landing.runId()),
                clean == null ? Set.of() : log.origins(clean.runId()));
    }

    private static @Nullable Manifest published(Connection connection, RunContext context, DayFolder folder)
            throws SQLException {
        return folder.manifest().isPresent()
                ? context.readPublished(connection, folder, "run the job that writes it again, then erase again")
                : null;
    }

    /** Whether lines told by this run's part and number are lines of the landing. */
    boolean isOfLanding(ErasureLog log, String runId) throws SQLException {
        return landing != null
                && (landingOrigins.contains(runId) || log.origins(runId).contains(landing.runId()));
    }

    static List<DayFolder> folders(RunContext context) {
        return List.of(context.landing(), context.clean(), context.rejects(), context.corrections());
    }
}
