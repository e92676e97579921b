package dev.jangbu.load.held;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.run.HeldRun;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Workspace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All identities whose places a day has: extraction, checks, load, and each mart; or those of an account's window of a day,
 * which has no marts of its own. Held together, in that order, or not at all; while they are held no job works on the day.
 */
public final class DayHold implements AutoCloseable {
    private static final String EXTRACT = "extract-job";
    private static final String TRANSFORM = "transform-job";
    private static final String LOAD = "load-job";
    private static final String MART = "mart-job";

    private final Map<String, HeldRun> runs = new LinkedHashMap<>();
    private final List<String> marts;

    private DayHold(List<String> marts) {
        this.marts = List.copyOf(marts);
    }

    /**
     * @param attempt what the runs' rows say of who they are: {@code erase}, {@code retain}
     * @throws dev.jangbu.kit.exit.JobFailure with {@link ExitCode#HELD} when a run holds one of them; none is then held
     */
    public static DayHold take(
            Connection connection,
            String attempt,
            String dataset,
            LocalDate day,
            Workspace workspace,
            Map<String, String> environment,
            Clock clock)
            throws SQLException {
        return take(
                martsOf(connection, dataset), attempt, dataset, RunRequest.WHOLE, day, workspace, environment, clock);
    }

    /**
     * @param slice the account
     * @throws dev.jangbu.kit.exit.JobFailure as {@link #take}
     */
    public static DayHold takeWindow(
            String attempt,
            String dataset,
            String slice,
            LocalDate day,
            Workspace workspace,
            Map<String, String> environment,
            Clock clock) {
        return take(List.of(), attempt, dataset, slice, day, workspace, environment, clock);
    }

    private static DayHold take(
            List<String> marts,
            String attempt,
            String dataset,
            String slice,
            LocalDate day,
            Workspace workspace,
            Map<String, String> environment,
            Clock clock) {
        DayHold hold = new DayHold(marts);
        boolean isWhole = false;
        try {
            for (String job : List.of(EXTRACT, TRANSFORM, LOAD)) {
                RunRequest request = new RunRequest(job, dataset, slice, day, attempt, workspace);
                hold.runs.put(job, HeldRun.begin(request, environment, clock));
            }
            for (String mart : hold.marts) {
                RunRequest request = new RunRequest(MART, dataset, mart, day, attempt, workspace);
                hold.runs.put(mart, HeldRun.begin(request, environment, clock));
            }
            isWhole = true;
            return hold;
        } finally {
            if (!isWhole) {
                hold.close();
            }
        }
    }

    /**
     * One more identity of the same day, whose place is not load-job's.
     *
     * @throws dev.jangbu.kit.exit.JobFailure with {@link ExitCode#HELD} when a run holds it; the others stay held
     */
    public void takeAlso(String job, String slice, Map<String, String> environment, Clock clock) {
        RunRequest load = load().request();
        RunRequest also =
                new RunRequest(job, load.dataset(), slice, load.businessDate(), load.attempt(), load.workspace());
        runs.put(slice, HeldRun.begin(also, environment, clock));
    }

    public List<String> marts() {
        return marts;
    }

    public RunContext extract() {
        return context(EXTRACT);
    }

    public RunContext transform() {
        return context(TRANSFORM);
    }

    public RunContext load() {
        return context(LOAD);
    }

    public RunContext mart(String mart) {
        return context(mart);
    }

    /** In the writing transaction, last before its commit: nobody has taken over the load or a mart. */
    public void check(Connection transaction) throws SQLException {
        load().fence().check(transaction);
        for (String mart : marts) {
            mart(mart).fence().check(transaction);
        }
    }

    public void started() {
        runs.values().forEach(HeldRun::started);
    }

    /** @param isRefused whether the day's last verdict was that it does not pass */
    public void ended(boolean isRefused) {
        runs.forEach((name, run) -> {
            boolean isRefusal = isRefused && name.equals(TRANSFORM);
            run.ended(
                    isRefusal ? ExitCode.QUALITY_FAILED : ExitCode.DONE,
                    isRefusal ? "the day did not pass its checks before lines were erased from it" : "");
        });
    }

    public void failed(String message) {
        runs.values().forEach(run -> run.ended(ExitCode.FAILED, message));
    }

    @Override
    public void close() {
        List<HeldRun> reversed = new ArrayList<>(runs.values());
        Collections.reverse(reversed);
        reversed.forEach(HeldRun::close);
    }

    private RunContext context(String name) {
        return Objects.requireNonNull(runs.get(name), name).context();
    }

    private static List<String> martsOf(Connection connection, String dataset) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT mart FROM ops.mart WHERE dataset = ? ORDER BY mart")) {
            statement.setString(1, dataset);
            try (ResultSet row = statement.executeQuery()) {
                List<String> marts = new ArrayList<>();
                while (row.next()) {
                    marts.add(row.getString(1));
                }
                return marts;
            }
        }
    }
}
