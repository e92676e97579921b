package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.spark.check.LandingDaySource;
import dev.jangbu.spark.events.CleanDaySource;
import dev.jangbu.spark.events.DaySource;
import dev.jangbu.spark.lake.LakeDaySource;
import dev.jangbu.spark.session.SparkStart;
import dev.jangbu.spark.store.Store;
import dev.jangbu.spark.store.StoredDaySource;
import dev.jangbu.transform.TransformOptions;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Where events are read from, as a command is told. */
sealed interface EventSource {
    String CLEAN = "clean";
    String LANDING = "landing";
    String LAKE = "lake";

    DaySource of(RunContext context, DataSource database, SparkStart spark);

    /** Where it is, if it is a place by URL. */
    default Optional<Store> store() {
        return Optional.empty();
    }

    /**
     * @param judging how lines are judged; nothing to ask for unless they are read from the landing
     * @throws JobFailure with {@link ExitCode#USAGE} when there is no such source
     */
    static EventSource of(String name, TransformOptions judging, Map<String, String> environment) {
        if (name.equals(LANDING)) {
            return new Landing(judging);
        }
        if (!judging.contract().isEmpty() || judging.allowEmpty()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--source: " + name + " (expected: " + LANDING
                            + " with --contract or --allow-empty, which are for lines that are judged)");
        }
        if (name.equals(CLEAN)) {
            return new Clean();
        }
        if (name.equals(LAKE)) {
            return new Lake(environment);
        }
        if (Store.isUrl(name)) {
            return new Stored(Store.of("--source", name, environment));
        }
        throw new JobFailure(
                ExitCode.USAGE,
                "--source: " + name + " (expected: " + CLEAN + ", " + LANDING + ", " + LAKE
                        + ", or a URL such as s3a://bucket/folder)");
    }

    /** The day's checked files. */
    record Clean() implements EventSource {
        @Override
        public DaySource of(RunContext context, DataSource database, SparkStart spark) {
            return new CleanDaySource(context, database, spark);
        }
    }

    /** Its raw lines, as far as they pass. */
    record Landing(TransformOptions judging) implements EventSource {
        @Override
        public DaySource of(RunContext context, DataSource database, SparkStart spark) {
            return new LandingDaySource(context, database, spark, judging);
        }
    }

    /** What was put into the lake. */
    record Lake(Map<String, String> environment) implements EventSource {
        public Lake {
            environment = Map.copyOf(environment);
        }

        @Override
        public DaySource of(RunContext context, DataSource database, SparkStart spark) {
            return new LakeDaySource(context, spark, environment);
        }
    }

    /** Checked files that were copied to a store. */
    record Stored(Store at) implements EventSource {
        @Override
        public DaySource of(RunContext context, DataSource database, SparkStart spark) {
            return new StoredDaySource(context, spark, at);
        }

        @Override
        public Optional<Store> store() {
            return Optional.of(at);
        }
    }
}
