package dev.jangbu.load.erase;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.load.held.DayHold;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the person out of the files of an account's window, whose identities are held meanwhile. The order of the steps
 * is that of {@link DayErasure}. The tables are no matter of a window: a customer's key is taken off all orders at once.
 */
final class WindowErasure {
    private static final String FAILED = "erasure ended before its end; erase again";

    private final Erasing erasing;
    private final Database database;
    private final Survey.Day window;

    WindowErasure(Erasing erasing, Database database, Survey.Day window) {
        this.erasing = erasing;
        this.database = database;
        this.window = window;
    }

    /** @param isPublished whether what is published names the person; else only what lies beside it does */
    void run(boolean isPublished) throws IOException, SQLException {
        try (Connection connection = database.connect();
                DayHold hold = DayHold.takeWindow(
                        "erase",
                        window.dataset(),
                        window.slice(),
                        window.date(),
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

    /** Returns whether the window's last verdict was that it does not pass. */
    private boolean rewrite(Connection connection, DayHold hold) throws IOException, SQLException {
        RunContext check = hold.transform();
        DayPlaces places = DayPlaces.read(connection, check);
        WindowRewrite files = new WindowRewrite(erasing);
        RunContext extract = hold.extract();
        @Nullable Manifest landing = again(files, extract, extract.landing(), places.landing(), Map.of());
        @Nullable Manifest clean = again(files, check, check.clean(), places.clean(), Map.of());
        Map<String, String> renamed = new HashMap<>();
        if (landing != null) {
            places.landingOrigins().forEach(run -> renamed.put(run, extract.runId()));
        }
        @Nullable Manifest rejects = again(files, check, check.rejects(), places.rejects(), renamed);
        new ErasureLog(connection).write(erasing.id(), files.entries());
        CheckLedger ledger = new CheckLedger(connection, check);
        Optional<CheckLedger.Verdict> verdict = ledger.lastVerdict();
        List<CheckLedger.Landed> landed = ledger.landingOf(places.cleanOrigins());
        boolean isOfLanding =
                !landed.isEmpty() && places.isOfLanding(landed.get(0).runId());
        if (clean != null) {
            check.publish(connection, check.clean(), clean, transaction -> {
                if (!landed.isEmpty()) {
                    ledger.write(transaction, clean, landed, isOfLanding ? landing : null);
                }
            });
        }
        if (rejects != null) {
            RejectedRows rows = new RejectedRows(check, erasing.subject());
            check.publish(connection, check.rejects(), rejects, transaction -> {
                rows.move(transaction, hold.extract().runId(), List.copyOf(places.landingOrigins()));
                if (verdict.isPresent()) {
                    ledger.keepVerdict(transaction, verdict.get());
                }
            });
        }
        tellLanding(connection, hold, places, landing, landed, verdict);
        if (clean != null && !landed.isEmpty()) {
            loadAgain(connection, hold, places.cleanOrigins());
        }
        return verdict.map(last -> "fail".equals(last.status())).orElse(false);
    }

    private static @Nullable Manifest again(
            WindowRewrite files,
            RunContext context,
            DayFolder folder,
            @Nullable Manifest before,
            Map<String, String> renamed)
            throws IOException {
        return before == null ? null : files.write(context, folder, before, renamed);
    }

    /** Whose landing it is, for the books: they ask the runs which landing is the last, and which one was checked. */
    private static void tellLanding(
            Connection connection,
            DayHold hold,
            DayPlaces places,
            @Nullable Manifest landing,
            List<CheckLedger.Landed> landed,
            Optional<CheckLedger.Verdict> verdict)
            throws SQLException {
        RunContext context = hold.extract();
        if (landing != null) {
            context.publish(connection, context.landing(), landing);
            context.summary()
                    .fact("source", landing.source())
                    .fact("profile", landing.profile())
                    .fact("rows", landing.rows())
                    .fact("landing_run", landing.runId());
        } else if (!landed.isEmpty()) {
            context.summary().fact("landing_run", landed.get(0).runId());
        }
        if (verdict.isPresent()) {
            String read = new RunFacts(connection).landingOf(verdict.get().runId());
            boolean isOther = landing == null || !places.isOfLanding(read);
            hold.transform()
                    .summary()
                    .fact("landing_run", isOther ? read : hold.extract().runId());
        }
    }

    /** The ledger of the files as they are now: rows that were merged from them are known, and none is merged again. */
    private static void loadAgain(Connection connection, DayHold hold, Set<String> cleanOrigins) throws SQLException {
        connection.setAutoCommit(false);
        try {
            new WindowLedger(connection, hold).write(cleanOrigins);
            hold.check(connection);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
