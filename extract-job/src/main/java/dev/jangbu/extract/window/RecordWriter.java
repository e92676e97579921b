package dev.jangbu.extract.window;

import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.kit.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Records as landing lines: {@code {"observed_at":"2026-03-02T00:00:05.123Z","record":{…}}}. A record is a source's own
 * typed allow-list with no personal data in it, never what a platform sent. Not thread-safe.
 */
public final class RecordWriter {
    private final LandingWriter landing;
    private long records;

    public RecordWriter(LandingWriter landing) {
        this.landing = landing;
    }

    private record Line(Instant observedAt, Object record) {}

    /**
     * @param record written with the names the source has: snake case, or what its annotations say
     * @param observedAt not later than the platform looked at its books, such as the instant before it was asked: of two
     *     records of one thing the later observed wins
     */
    public void write(Object record, Instant observedAt) {
        Line line = new Line(observedAt.truncatedTo(ChronoUnit.MILLIS), record);
        landing.line(Json.line(line).getBytes(StandardCharsets.UTF_8));
        records++;
    }

    /** A small file beside the landing's parts that is no data, such as a list for people. */
    public void sideFile(String name, byte[] content) {
        landing.sideFile(name, content);
    }

    /** Written so far. */
    public long records() {
        return records;
    }
}
