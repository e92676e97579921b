package dev.jangbu.load.erase;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.CheckedFile;
import dev.jangbu.kit.workspace.Manifest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is left of a check, in the books: new rows of {@code ops.checked_file} and {@code ops.quality_check_log}. */
final class CheckLedger {
    private final Connection connection;
    private final RunContext transform;

    CheckLedger(Connection connection, RunContext transform) {
        this.connection = connection;
        this.transform = transform;
    }

    /**
     * A file of the landing a check read.
     *
     * @param clean name of the clean file it made of it
     */
    record Landed(String runId, String file, String sha256, String clean) {}

    /** The landing of the check as its rows have it, in the order of its files; none where it is in no books. */
    List<Landed> landingOf(Set<String> checks) throws SQLException {
        for (String runId : checks) {
            List<Landed> landed = landingOf(runId);
            if (!landed.isEmpty()) {
                return landed;
            }
        }
        return List.of();
    }

    private List<Landed> landingOf(String runId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT landing_run_id, landing_file, landing_sha256, file FROM ops.checked_file
                WHERE run_id = ? ORDER BY file""")) {
            statement.setString(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                List<Landed> landed = new ArrayList<>();
                while (row.next()) {
                    landed.add(new Landed(
                            row.getString(1), row.getString(2), row.getString(3), PartName.file(row.getString(4))));
                }
                return landed;
            }
        }
    }

    /**
     * The rows of the clean files that are left.
     *
     * @param landed of the check they are left of
     * @param landing the landing that is left; null where it is not the one that was checked
     */
    void write(Connection transaction, Manifest clean, List<Landed> landed, @Nullable Manifest landing)
            throws SQLException {
        List<CheckedFile> files = CheckedFile.of(clean);
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO ops.checked_file
                    (run_id, dataset, slice, business_date, token, landing_run_id, landing_file, landing_sha256,
                     file, lines, clean, rejected, rejected_by_reason, sha256)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::JSONB, ?)""")) {
            insert.setString(1, transform.runId());
            insert.setString(2, transform.dataset());
            insert.setString(3, transform.request().slice());
            insert.setObject(4, transform.businessDate());
            insert.setLong(5, transform.fence().token());
            for (int part = 0; part < files.size(); part++) {
                Landed of = landed(landed, landing, files.get(part).file(), part);
                insert.setString(6, of.runId());
                insert.setString(7, of.file());
                insert.setString(8, of.sha256());
                bind(insert, files.get(part));
                insert.executeUpdate();
            }
        }
    }

    /** Several clean files may be of one file of the landing. */
    private static Landed landed(List<Landed> before, @Nullable Manifest landing, String cleanFile, int part) {
        String clean = PartName.file(cleanFile);
        Landed read = before.stream()
                .filter(landed -> landed.clean().equals(clean))
                .findFirst()
                .orElse(before.get(Math.min(part, before.size() - 1)));
        if (landing == null) {
            return read;
        }
        List<Manifest.Entry> parts = landing.files();
        return parts.stream()
                .filter(left -> PartName.file(left).equals(PartName.file(read.file())))
                .findFirst()
                .or(() -> parts.stream().skip(part).findFirst())
                .map(left -> new Landed(landing.runId(), left.path(), left.sha256(), clean))
                .orElse(new Landed(landing.runId(), CheckedFile.NO_FILE, "", clean));
    }

    private static void bind(PreparedStatement insert, CheckedFile file) throws SQLException {
        insert.setString(9, file.file());
        insert.setLong(10, file.lines());
        insert.setLong(11, file.clean());
        insert.setLong(12, file.rejected());
        insert.setString(13, Json.line(file.rejectedByReason()));
        insert.setString(14, file.sha256());
    }

    /** The verdict on a day. */
    record Verdict(String runId, String status) {}

    Optional<Verdict> lastVerdict() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT run_id, day_status FROM ops.quality_check_log
                WHERE dataset = ? AND slice = ? AND business_date = ?
                ORDER BY checked_at DESC, run_id DESC LIMIT 1""")) {
            statement.setString(1, transform.dataset());
            statement.setString(2, transform.request().slice());
            statement.setObject(3, transform.businessDate());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Verdict(row.getString(1), row.getString(2))) : Optional.empty();
            }
        }
    }

    /** The verdict stands, for what is left too: nothing is judged again. */
    void keepVerdict(Connection transaction, Verdict verdict) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO ops.quality_check_log
                    (run_id, dataset, slice, business_date, check_name, check_type, counted, failed, pass_rate,
                     threshold, severity, status, day_status, version)
                SELECT
                    ?, dataset, slice, business_date, check_name, check_type, counted, failed, pass_rate, threshold,
                    severity, status, day_status, version
                FROM ops.quality_check_log
                WHERE run_id = ?""")) {
            insert.setString(1, transform.runId());
            insert.setString(2, verdict.runId());
            insert.executeUpdate();
        }
    }
}
