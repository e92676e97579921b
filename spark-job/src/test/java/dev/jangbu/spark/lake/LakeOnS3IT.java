package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.spark.Bucket;
import dev.jangbu.spark.CleanDay;
import dev.jangbu.spark.Event;
import dev.jangbu.testkit.JobJar;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lake in a bucket, by the packaged job. */
@ExtendWith(PostgresExtension.class)
class LakeOnS3IT {
    private static final LocalDate DAY = LocalDate.parse("2026-01-15");

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
    void aDayInABucketIsPutReadReplacedAndTakenBack(TestDatabase database) throws IOException {
        new CleanDay(workspace, DAY)
                .file(Event.of("click U1 S1 2026-01-15T23:59:59.999 web P0001"))
                .publish();
        JobJar.Ended first = run(database, "lake", "put", "events", "--ds", "2026-01-15", "--master", "local[2]");
        new CleanDay(workspace, DAY)
                .file(Event.of("search U7 S7 2026-01-15T12:00:00 ios"))
                .publish();
        JobJar.Ended second = run(database, "lake", "put", "events", "--ds", "2026-01-15", "--master", "local[2]");
        JobJar.Ended read = sql(database);
        run(database, "lake", "rollback", "events", "--to-snapshot", snapshot(first));
        JobJar.Ended readAgain = sql(database);

        assertThat(read.output()).contains("|search    |U7     |").doesNotContain("|click ");
        assertThat(readAgain.output()).contains("|click     |U1     |").doesNotContain("|search ");
        assertThat(second.lastLine()).contains("\"changed\":true");
        assertThat(bucket.keys())
                .anyMatch(key -> key.startsWith("lake/events/data/event_date=2026-01-15/"))
                .anyMatch(key -> key.startsWith("lake/events/metadata/"));
        assertThat(workspace.resolve("lake")).doesNotExist();
        assertNowhere(Bucket.SECRET, first, second, read);
    }

    private JobJar.Ended sql(TestDatabase database) throws IOException {
        return run(database, "sql", "--master", "local[2]", "-e", "SELECT event_type, user_id FROM lake.events");
    }

    private JobJar.Ended run(TestDatabase database, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--workspace", workspace.toString()));
        JobJar.Ended ended = bucket.job(database).run(all.toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.output() + ended.error()).isZero();
        return ended;
    }

    private static String snapshot(JobJar.Ended put) {
        return put.lastLine().replaceAll(".*\"snapshot\":\"(\\d+)\".*", "$1");
    }

    /** Neither in what was printed nor in any file of the workspace. */
    private void assertNowhere(String secret, JobJar.Ended... runs) throws IOException {
        for (JobJar.Ended ended : runs) {
            assertThat(ended.output() + ended.error()).doesNotContain(secret);
        }
        try (Stream<Path> tree = Files.walk(workspace)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret);
            }
        }
    }
}
