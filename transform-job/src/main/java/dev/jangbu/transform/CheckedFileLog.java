package dev.jangbu.transform;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.landing.LandingPart;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes down what was checked, in the transaction that publishes it: {@code ops.checked_file}. */
final class CheckedFileLog {
    private static final String INSERT = """
            INSERT INTO ops.checked_file
                (run_id, dataset, slice, business_date, token, landing_run_id, landing_file, landing_sha256,
                 file, lines, clean, rejected, rejected_by_reason, sha256)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::JSONB, ?)""";

    private final RunContext context;
    private final String landingRun;
    private final List<LandingPart> landing;

    /** @param checked its clean files are those of the manifest that is written down, in the same order */
    CheckedFileLog(RunContext context, CheckedDay checked) {
        this.context = context;
        this.landingRun = checked.landing().runId();
        this.landing =
                checked.books().clean().stream().map(DayBooks.Entry::landing).toList();
    }

    void write(Connection transaction, Manifest clean) throws SQLException {
        List<CheckedFile> files = CheckedFile.of(clean);
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setString(1, context.runId());
            insert.setString(2, context.dataset());
            insert.setString(3, context.request().slice());
            insert.setObject(4, context.businessDate());
            insert.setLong(5, context.fence().token());
            insert.setString(6, landingRun);
            for (int part = 0; part < files.size(); part++) {
                bindLanding(insert, part);
                bind(insert, files.get(part));
                insert.executeUpdate();
            }
        }
    }

    private void bindLanding(PreparedStatement insert, int part) throws SQLException {
        boolean isThere = part < landing.size();
        insert.setString(7, isThere ? landing.get(part).name() : CheckedFile.NO_FILE);
        insert.setString(8, isThere ? landing.get(part).sha256() : "");
    }

    private static void bind(PreparedStatement insert, CheckedFile file) throws SQLException {
        insert.setString(9, file.file());
        insert.setLong(10, file.lines());
        insert.setLong(11, file.clean());
        insert.setLong(12, file.rejected());
        insert.setString(13, Json.line(file.rejectedByReason()));
        insert.setString(14, file.sha256());
    }
}
