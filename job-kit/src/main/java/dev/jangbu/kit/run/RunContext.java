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
     * Publishes a day's files together with rows about them: both or, as far as a file and a database can, neither. The
     * rows are written first, so that the token is held for no longer than the swap takes.
     *
     * @param connection in auto-commit
     * @param rows written in the transaction that holds the token
     * @throws JobFailure with {@link ExitCode#HELD} when another run took over
     */
    public void publish(Connection connection, DayFolder folder, Manifest manifest, RowWriting rows)
            throws SQLException {
        fenced(connection, rows, () -> folder.publish(manifest));
    }

    /** Writes rows in a transaction that somebody else ends. */
    @FunctionalInterface
    public interface RowWriting {
        void write(Connection transaction) throws SQLException;
    }

    /**
     * Takes back what was published for a day while this run's token is held; see {@link DayFolder#withdraw}.
     *
     * @param connection in auto-commit
     * @throws JobFailure with {@link ExitCode#HELD} when another run took over
     */
    public void withdraw(Connection connection, DayFolder folder, String why) throws SQLException {
        fenced(connection, transaction -> {}, () -> folder.withdraw(why));
    }

    private void fenced(Connection connection, RowWriting rows, Runnable change) throws SQLException {
        connection.setAutoCommit(false);
        try {
            rows.write(connection);
            fence.recordPublished(connection);
            change.run();
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
