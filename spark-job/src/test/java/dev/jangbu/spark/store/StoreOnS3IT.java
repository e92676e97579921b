package dev.jangbu.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.Bucket;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged job reads checked days out of a bucket and puts their tables into one; the workspace has neither. */
@ExtendWith(PostgresExtension.class)
class StoreOnS3IT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");
    private static final String DAYS_TABLES = "tables/aggregates/events/2026-01-15/";

    @TempDir
    Path workspace;

    @TempDir
    Path outside;

    private Bucket bucket;

    @BeforeEach
    void startStore() throws Exception {
        bucket = new Bucket(outside);
    }

    @AfterEach
    void stopStore() {
        bucket.close();
    }

    @Test
    void aDayIsReadFromABucketAndItsTablesAreReplacedInOne(TestDatabase database) throws IOException {
        put(Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001"));
        JobJar.Ended first = aggregate(database);
        List<String> keys = bucket.keys();
        put(Event.of("search U7 S7 2026-01-15T12:00:00 ios"));
        JobJar.Ended second = aggregate(database);

        assertThat(first.exitCode()).as(first.output() + first.error()).isZero();
        assertThat(second.exitCode()).as(second.output() + second.error()).isZero();
        String before = runId(first);
        String now = runId(second);
        assertThat(keys)
                .contains(DAYS_TABLES + "manifest.json", DAYS_TABLES + before + "/hourly_traffic.csv/part-00000.csv");
        assertThat(bucket.keys())
                .contains(DAYS_TABLES + "manifest.json", DAYS_TABLES + now + "/hourly_traffic/part-00000.parquet")
                .noneMatch(key -> key.contains(before) || key.contains(".tmp/"));
        assertThat(bucket.object(DAYS_TABLES + "manifest.json")).contains("\"run_id\" : \"" + now + "\"");
        assertThat(bucket.object(DAYS_TABLES + now + "/hourly_traffic.csv/part-00000.csv"))
                .isEqualTo("event_date,hour,platform,event_count,user_count,session_count\n2026-01-15,12,ios,1,1,1\n");
        assertThat(workspace.resolve("clean")).doesNotExist();
        assertThat(workspace.resolve("aggregates")).doesNotExist();
        assertThat(first.output() + second.output())
                .doesNotContain(Bucket.SECRET)
                .doesNotContain("WARN");
    }

    @Test
    void aDayThatIsNotInTheBucketIsRefused(TestDatabase database) throws IOException {
        JobJar.Ended refused = aggregate(database);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.lastLine())
                .contains("\"message\":\"no clean for events 2026-01-15 in s3a://shop/days/clean/events/2026-01-15;"
                        + " copy the day's folder of the workspace there again, its manifest last\"");
    }

    private void put(Event event) throws IOException {
        Path days = outside.resolve("days");
        new CleanDay(days, DAY).file(event).publish();
        bucket.copy(days, "days");
    }

    private JobJar.Ended aggregate(TestDatabase database) throws IOException {
        return bucket.job(database)
                .run(
                        "aggregate",
                        "events",
                        "--ds",
                        "2026-01-15",
                        "--source",
                        "s3a://shop/days",
                        "--out",
                        "s3a://shop/tables",
                        "--master",
                        "local[2]",
                        "--workspace",
                        workspace.toString());
    }

    private static String runId(JobJar.Ended ended) {
        return ended.lastLine().replaceAll(".*\"run_id\":\"([^\"]+)\".*", "$1");
    }
}
