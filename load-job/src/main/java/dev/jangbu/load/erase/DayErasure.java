package dev.jangbu.load.erase;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.load.held.DayHold;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the person out of one day, all of whose identities are held meanwhile. Clean files first, then rejects,
 * corrections, landing, and in one transaction the tables: after each of these the books say truly what is newer than
 * what, and the same erasure once more, or an ordinary run of the day, ends what a kill left. The landing last of the
 * files: as long as it names the person, its line numbers tell which rejects are theirs.
 */
final class DayErasure {
    private static final String FAILED = "erasure ended before its end; erase again";

    private final Erasing erasing;
    private final Database database;
    private final String dataset;
    private final LocalDate day;

    DayErasure(Erasing erasing, Database database, String dataset, LocalDate day) {
        this.erasing = erasing;
        this.database = database;
        this.dataset = dataset;
        this.day = day;
    }

    /** @param isPublished whether what is published names the person; else only what lies beside it does */
    void run(boolean isPublished) throws IOException, SQLException {
        try (Connection connection = database.connect();
                DayHold hold = DayHold.take(
                        connection,
                        "erase",
                        dataset,
                        day,
                        erasing.workspace(),
                        erasing.environment(),
                        erasing.clock())) {
            if (isPublished) {
                rewriteUnderRuns(connection, hold);
            }
            for (DayFolder folder : DayPlaces.folders(hold.transform())) {
                folder.removeOtherRuns();
            }
        }
    }

    private void rewriteUnderRuns(Connection connection, DayHold hold) throws IOException, SQLException {
        hold.started();
        boolean isDone = false;
        try {
            boolean isRefused = rewrite(connection, hold);
            isDone = true;
            hold.ended(isRefused);
        } finally {
            if (!isDone) {
                hold.failed(FAILED);
            }
        }
    }

    /** Returns whether the day's last verdict was that it does not pass. */
    private boolean rewrite(Connection connection, DayHold hold) throws IOException, SQLException {
        DayPlaces places = DayPlaces.read(connection, hold.transform());
        ErasureLog log = new ErasureLog(connection);
        DayRewrite.Rewritten files = new DayRewrite(erasing, hold, places).write();
        log.write(erasing.id(), files.entries());
        CheckLedger ledger = new CheckLedger(connection, hold.transform());
        Optional<CheckLedger.Verdict> verdict = ledger.lastVerdict();
        publishChecks(connection, hold, places, files, ledger, verdict);
        publishLanding(connection, hold, files);
        reduceTables(connection, hold, places, files, ledger);
        return verdict.map(last -> "fail".equals(last.status())).orElse(false);
    }

    private void publishChecks(
            Connection connection,
            DayHold hold,
            DayPlaces places,
            DayRewrite.Rewritten files,
            CheckLedger ledger,
            Optional<CheckLedger.Verdict> verdict)
            throws SQLException {
        RunContext context = hold.transform();
        Manifest clean = files.clean();
        if (clean != null) {
            List<CheckLedger.Landed> landed = ledger.landingOf(places.cleanOrigins());
            boolean isOfLanding =
                    !landed.isEmpty() && places.isOfLanding(landed.get(0).runId());
            @Nullable Manifest landing = isOfLanding ? files.landing() : null;
            context.publish(connection, context.clean(), clean, transaction -> {
                if (!landed.isEmpty()) {
                    ledger.write(transaction, clean, landed, landing);
                }
            });
            context.summary()
                    .fact("rows", clean.rows())
                    .fact("rejected", clean.counts().getOrDefault("rejected", 0L))
                    .fact("lines", clean.counts().getOrDefault("lines", clean.rows()));
            if (landing != null) {
                context.summary().fact("landing_run", landing.runId());
            }
        }
        if (files.rejects() != null) {
            publishRejects(connection, hold, places, files, ledger, verdict);
        }
        if (files.corrections() != null) {
            context.publish(connection, context.corrections(), files.corrections());
        }
    }

    /** The verdict on a day that was refused has no clean files to tell which landing it read. */
    private void publishRejects(
            Connection connection,
            DayHold hold,
            DayPlaces places,
            DayRewrite.Rewritten files,
            CheckLedger ledger,
            Optional<CheckLedger.Verdict> verdict)
            throws SQLException {
        RunContext context = hold.transform();
        Manifest rejects = Objects.requireNonNull(files.rejects());
        RejectedRows rows = new RejectedRows(context, erasing.subject());
        context.publish(connection, context.rejects(), rejects, transaction -> {
            ErasureLog.Entry erased = rows.erase(transaction, files.rejectedPlaces());
            rows.move(transaction, hold.extract().runId(), List.copyOf(places.landingOrigins()));
            if (verdict.isPresent()) {
                ledger.keepVerdict(transaction, verdict.get());
            }
            new ErasureLog(transaction).write(erasing.id(), List.of(erased));
        });
        if (files.clean() == null && files.landing() != null && verdict.isPresent()) {
            String read = new RunFacts(connection).landingOf(verdict.get().runId());
            boolean isOfLanding = places.isOfLanding(read);
            context.summary().fact("landing_run", isOfLanding ? hold.extract().runId() : read);
        }
    }

    private void publishLanding(Connection connection, DayHold hold, DayRewrite.Rewritten files) throws SQLException {
        Manifest landing = files.landing();
        if (landing == null) {
            return;
        }
        RunContext context = hold.extract();
        context.publish(connection, context.landing(), landing);
        context.summary()
                .fact("source", landing.source())
                .fact("profile", landing.profile())
                .fact("rows", landing.rows())
                .fact("bytes", landing.bytes())
                .fact("files", landing.files().size())
                .fact("counts", landing.counts())
                .fact("landing", context.landing().manifestFile().toString())
                .fact("landing_run", landing.runId());
    }

    private void reduceTables(
            Connection connection, DayHold hold, DayPlaces places, DayRewrite.Rewritten files, CheckLedger ledger)
            throws SQLException {
        boolean isInBooks = !ledger.landingOf(places.cleanOrigins()).isEmpty();
        Set<String> origins = places.cleanOrigins();
        connection.setAutoCommit(false);
        try {
            Optional<Long> left = new LoadReduction(erasing, hold)
                    .run(connection, isInBooks ? files.clean() : null, origins, files.cleanIds());
            hold.check(connection);
            connection.commit();
            left.ifPresent(rows -> hold.load().summary().fact("rows", rows));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
