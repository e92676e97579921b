package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.spark.events.CleanDaySource;
import dev.jangbu.spark.events.DaySource;
import dev.jangbu.spark.lake.LakeDaySource;
import dev.jangbu.spark.session.SparkStart;
import java.util.Map;
import javax.sql.DataSource;

/** Which of the two places events are read from, as a command is told. */
record EventSource(boolean isLake, Map<String, String> environment) {
    static final String CLEAN = "clean";
    private static final String LAKE = "lake";

    EventSource {
        environment = Map.copyOf(environment);
    }

    static EventSource of(String name, Map<String, String> environment) {
        if (!name.equals(CLEAN) && !name.equals(LAKE)) {
            throw new JobFailure(ExitCode.USAGE, "--source: " + name + " (expected: " + CLEAN + " or " + LAKE + ")");
        }
        return new EventSource(name.equals(LAKE), environment);
    }

    DaySource of(RunContext context, DataSource database, SparkStart spark) {
        return isLake ? new LakeDaySource(context, spark, environment) : new CleanDaySource(context, database, spark);
    }
}
