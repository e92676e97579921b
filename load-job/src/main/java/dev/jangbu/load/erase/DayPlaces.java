package dev.jangbu.load.erase;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is published of a day; null where nothing is.
 *
 * @param landingOrigins the landing's run, those whose remainder it is, and what was to be its remainder
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
                landingOrigins(log, landing),
                clean == null ? Set.of() : log.origins(clean.runId()));
    }

    private static @Nullable Manifest published(Connection connection, RunContext context, DayFolder folder)
            throws SQLException {
        return folder.manifest().isPresent()
                ? context.readPublished(connection, folder, "run the job that writes it again, then erase again")
                : null;
    }

    /** Whether lines told by this run's part and number are lines of the landing. */
    boolean isOfLanding(String runId) {
        return landingOrigins.contains(runId);
    }

    /** The same lines under another name: erasures before, and such as were killed between the check's files and the landing. */
    private static Set<String> landingOrigins(ErasureLog log, @Nullable Manifest landing) throws SQLException {
        if (landing == null) {
            return Set.of();
        }
        Set<String> origins = new LinkedHashSet<>(log.origins(landing.runId()));
        origins.addAll(log.remainders(landing.runId()));
        return origins;
    }

    static List<DayFolder> folders(RunContext context) {
        return List.of(context.landing(), context.clean(), context.rejects(), context.corrections());
    }
}
