package dev.jangbu.transform.reference;

import dev.jangbu.transform.contract.Check;
import java.io.ByteArrayOutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What became of one part of the landing. */
public final class PlainPart {
    private final String name;
    private final ByteArrayOutputStream clean = new ByteArrayOutputStream();
    private final ByteArrayOutputStream rejected = new ByteArrayOutputStream();
    private final ByteArrayOutputStream flagged = new ByteArrayOutputStream();
    private final Map<Check, Long> rejectedBy = new EnumMap<>(Check.class);
    private long lines;

    PlainPart(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Lines that are not blank. */
    public long lines() {
        return lines;
    }

    /** By the first check that rejected them. */
    public Map<Check, Long> rejectedBy() {
        return new EnumMap<>(rejectedBy);
    }

    /** The clean rows, without the header. */
    public byte[] clean() {
        return clean.toByteArray();
    }

    public byte[] rejected() {
        return rejected.toByteArray();
    }

    public byte[] flagged() {
        return flagged.toByteArray();
    }

    void add(@Nullable Check rejectingCheck, byte @Nullable [] row, Supplier<byte[]> refused) {
        lines++;
        if (rejectingCheck != null) {
            rejectedBy.merge(rejectingCheck, 1L, Long::sum);
            rejected.writeBytes(refused.get());
        } else if (row != null) {
            clean.writeBytes(row);
        }
    }

    void flag(byte[] line) {
        flagged.writeBytes(line);
    }
}
