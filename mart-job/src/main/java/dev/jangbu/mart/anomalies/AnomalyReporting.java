package dev.jangbu.mart.anomalies;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.AtomicFiles;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;

/** Reads the day, writes the file, tells people. */
final class AnomalyReporting {
    private final RunContext context;
    private final Jdbi jdbi;
    private final PrintStream out;

    AnomalyReporting(RunContext context, Jdbi jdbi, PrintStream out) {
        this.context = context;
        this.jdbi = jdbi;
        this.out = out;
    }

    void run() throws SQLException {
        AnomalyReport report = jdbi.withHandle(handle -> new AnomalyReader(handle).read(context.businessDate()));
        Path file = context.workspace().anomalyReport(context.businessDate());
        jdbi.useTransaction(handle -> {
            context.fence().check(handle.getConnection());
            AtomicFiles.write(file, Json.pretty(report));
        });
        report.lines().forEach(out::println);
        out.flush();
        context.summary()
                .fact("report", file.toString())
                .fact("stores", report.stores().size())
                .fact("sales", report.sales());
    }
}
