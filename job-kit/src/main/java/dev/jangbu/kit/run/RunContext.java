package dev.jangbu.kit.run;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;

/**
 * What the steps of one run know about it: a bean of the run's Spring context.
 *
 * @param runId names the run's folders; sorts by start time
 * @param version of the product, as in its jar's manifest
 * @param clock for stamps of when something was done; never to find the business date
 */
public record RunContext(
        RunRequest request,
        String runId,
        String version,
        BusinessCalendar calendar,
        Fence fence,
        RunSummary summary,
        Clock clock) {

    public String dataset() {
        return request.dataset();
    }

    public LocalDate businessDate() {
        return request.businessDate();
    }

    public Workspace workspace() {
        return request.workspace();
    }

    public DayFolder landing() {
        return workspace().landing(request.dataset(), request.slice(), request.businessDate());
    }

    public DayFolder clean() {
        return workspace().clean(request.dataset(), request.slice(), request.businessDate());
    }

    public DayFolder rejects() {
        return workspace().rejects(request.dataset(), request.slice(), request.businessDate());
    }

    public DayFolder corrections() {
        return workspace().corrections(request.dataset(), request.slice(), request.businessDate());
    }

    /**
     * Publishes a day's files while this run's token is held, so that a run that was taken over publishes nothing.
     *
     * @param connection in auto-commit
     * @throws JobFailure with {@link ExitCode#HELD} when another run took over
     */
    public void publish(Connection connection, DayFolder folder, Manifest manifest) throws SQLException {
        publish(connection, folder, manifest, transaction -> {});
    }

    /**
     * As {@link #publish(Connection, DayFolder, Manifest)}, with rows of the same transaction. Rows never stand for files
     * that were not published; files whose rows a crash kept from being committed are those of a failed run.
     *
     * @param connection in auto-commit
     * @param rows written before the manifest is swapped in: what the database refuses is not published
     * @throws JobFailure with {@link ExitCode#HELD} when another run took over
     */
    public void publish(Connection connection, DayFolder folder, Manifest manifest, Rows rows) throws SQLException {
        fenced(connection, transaction -> {
            rows.write(transaction);
            folder.publish(manifest);
        });
    }

    /** Rows of a transaction that somebody else commits. */
    @FunctionalInterface
    public interface Rows {
        void write(Connection transaction) throws SQLException;
    }

    /**
     * Takes back what was published for a day while this run's token is held; see {@link DayFolder#withdraw}.
     *
     * @param connection in auto-commit
     * @throws JobFailure with {@link ExitCode#HELD} when another run took over
     */
    public void withdraw(Connection connection, DayFolder folder, String why) throws SQLException {
        fenced(connection, transaction -> folder.withdraw(why));
    }

    private void fenced(Connection connection, Rows change) throws SQLException {
        connection.setAutoCommit(false);
        try {
            fence.recordPublished(connection);
            change.write(connection);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * The day's manifest as another job published it, refused when it is stale: written by a run that had been taken
     * over.
     *
     * @param remedy what to run when there is none, as a sentence's end
     */
    public Manifest readPublished(Connection connection, DayFolder folder, String remedy) throws SQLException {
        Manifest manifest = folder.read(remedy);
        Publication.requireCurrent(connection, folder, manifest, remedy);
        return manifest;
    }
}
