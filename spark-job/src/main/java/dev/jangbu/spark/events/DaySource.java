package dev.jangbu.spark.events;

import java.sql.SQLException;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where a day's events come from: files another job published, or the lake. */
public interface DaySource {
    /**
     * What the day is; read first.
     *
     * @throws dev.jangbu.kit.exit.JobFailure when there is none, with what to run
     */
    Origin origin() throws SQLException;

    /** Its events with the columns of {@link CleanEvents}, read as often as they are asked for. */
    Dataset<Row> events();

    /**
     * What is told of a day, whatever is computed of it.
     *
     * @param source such as {@code simulator}
     * @param profile the contract it was judged by
     * @param from first instant, inclusive
     * @param to exclusive
     */
    record Origin(String source, String profile, long rows, Instant from, Instant to) {}
}
