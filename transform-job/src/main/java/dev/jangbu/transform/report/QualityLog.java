package dev.jangbu.transform.report;

import dev.jangbu.kit.run.RunContext;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;

/** Writes a day's verdict to {@code ops.quality_check_log}: all seven rows or none. */
public final class QualityLog {
    private static final String INSERT = """
            INSERT INTO ops.quality_check_log
                (run_id, dataset, slice, business_date, check_name, check_type, counted, failed, pass_rate, threshold,
                 severity, status, day_status, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final RunContext context;

    public QualityLog(RunContext context) {
        this.context = context;
    }

    /** @param connection in auto-commit */
    public void write(Connection connection, QualityReport report) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (CheckResult check : report.checks()) {
                bind(insert, check, report);
                insert.addBatch();
            }
            insert.executeBatch();
            context.fence().check(connection);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void bind(PreparedStatement insert, CheckResult check, QualityReport report) throws SQLException {
        insert.setString(1, context.runId());
        insert.setString(2, context.dataset());
        insert.setString(3, context.request().slice());
        insert.setDate(4, Date.valueOf(report.businessDate()));
        insert.setString(5, check.name());
        insert.setString(6, check.type());
        insert.setLong(7, check.counted());
        insert.setLong(8, check.failed());
        insert.setBigDecimal(9, check.passRate());
        insert.setBigDecimal(10, check.threshold());
        insert.setString(11, check.severity().name().toLowerCase(Locale.ROOT));
        insert.setString(12, check.status());
        insert.setString(13, report.status());
        insert.setString(14, report.version());
    }
}
