package dev.jangbu.extract.window;

import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.landing.SavePoints;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.Manifest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records as landing lines: {@code {"observed_at":"2026-03-02T00:00:05.123Z","record":{…}}}. A record is a source's own
 * typed allow-list with no personal data in it, never what a platform sent. Not thread-safe.
 */
public final class RecordWriter {
    private final LandingWriter landing;
    private final SavePoints points;
    private long records;
    private @Nullable Instant until;

    public RecordWriter(LandingWriter landing) {
        this(landing, SavePoints.none());
    }

    RecordWriter(LandingWriter landing, SavePoints points) {
        this.landing = landing;
        this.points = points;
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

    /** As {@link #write}, of a source that writes its lines itself: bytes of one landing line without its break. */
    public void line(byte[] source, int from, int length) {
        landing.line(source, from, length);
        records++;
    }

    /**
     * Makes the reading one that can go on where it was killed.
     *
     * @param place the source's word for how far it came with the lines written, asked for now and then while it writes
     */
    public void resumableBy(Supplier<String> place) {
        points.placeBy(place);
    }

    /** Where a killed run that read the same had come to: its lines are in the landing, this one is to go on behind. */
    public Optional<String> resumed() {
        return points.resumed();
    }

    /** Lines of the killed run. */
    public long resumedRecords() {
        return points.kept().stream().mapToLong(Manifest.Entry::rows).sum();
    }

    /** The end of the window, where the source knows better than the clock how far it was read. */
    public void readUntil(Instant end) {
        this.until = end;
    }

    Optional<Instant> until() {
        return Optional.ofNullable(until);
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
