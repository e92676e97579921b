package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.FunnelStep;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the sessions of a day did that is too large for the heap. Of one thread. */
@SuppressWarnings("EnumOrdinal") // By place in a closed list, in files of this run only.
final class SessionFiles implements Closeable {
    private static final FunnelStep[] STEPS = FunnelStep.values();

    private final HashedFiles files;
    private final Platforms platforms = new Platforms();

    SessionFiles(Path folder) throws IOException {
        files = new HashedFiles(folder, "sessions");
    }

    /** An ordinary record's session. */
    void add(Block block, int record, long place) throws IOException {
        Records records = block.records;
        int from = records.sessionFrom[record];
        int length = records.sessionTo[record] - from;
        DataOutputStream file = files.next(records.sessionHash[record]);
        write(file, block.data, from, length, place);
        write(file, records.step[record], records.instant[record], platforms.name(records.platform[record]));
    }

    /** The line's session, where it has one. */
    void add(CheckedLine line, long place) throws IOException {
        if (line.sessionId() == null) {
            return;
        }
        byte[] key = Sessions.key(line.sessionId());
        int length = key.length - ByteWords.PADDING;
        String platform = line.platform();
        DataOutputStream file = files.next(KeyHash.of(key, 0, length));
        write(file, key, 0, length, place);
        write(file, line.step().ordinal(), line.instant(), platform == null ? null : BoundedKey.ofName(platform));
    }

    private static void write(DataOutputStream file, byte[] key, int from, int length, long place) throws IOException {
        file.writeLong(place);
        file.writeByte(length);
        file.write(key, from, length);
    }

    private static void write(DataOutputStream file, int step, long instant, @Nullable String platform)
            throws IOException {
        file.writeByte(step);
        file.writeLong(instant);
        file.writeBoolean(platform != null);
        if (platform != null) {
            file.writeUTF(platform);
        }
    }

    /** Ends the adding. */
    @Override
    public void close() throws IOException {
        files.close();
    }

    /**
     * Finds what is wrong in the sessions of a file, which is removed then.
     *
     * @return how many sessions {@code funnel_sequence} counts
     */
    long judge(int file, FoundFiles found) throws IOException {
        Judging judging = new Judging();
        try (DataInputStream records = files.read(file)) {
            for (long record = 0; record < files.records(file); record++) {
                judging.see(records);
            }
        }
        try (DataInputStream records = files.read(file);
                FoundFiles.Writer writer = found.next()) {
            for (long record = 0; record < files.records(file); record++) {
                judging.find(records, writer);
            }
        }
        files.remove(file);
        return judging.sessions.counted();
    }

    /** The sessions of one file. It is read twice: only after all records a session's order is known. */
    private static final class Judging {
        final Sessions sessions = new Sessions();
        private final Platforms platforms = new Platforms();
        private final byte[] key = new byte[BoundedKey.LONGEST + 1 + ByteWords.PADDING];
        private long place;
        private int session;
        private FunnelStep step = FunnelStep.NONE;
        private long instant;
        private int platform;

        void see(DataInputStream record) throws IOException {
            read(record);
            if (instant != CheckedLine.NO_TIME) {
                sessions.see(session, step, instant, place);
            }
            if (platform != Sessions.NO_PLATFORM) {
                sessions.firstPlatform(session, platform);
            }
        }

        void find(DataInputStream record, FoundFiles.Writer found) throws IOException {
            read(record);
            int first = platform == Sessions.NO_PLATFORM ? platform : sessions.firstPlatform(session, platform);
            @Nullable String firstPlatform = first == platform ? null : platforms.name(first);
            Finding finding = Finding.ofSession(place, firstPlatform, sessions, session);
            if (!finding.isNothing()) {
                found.write(finding);
            }
        }

        private void read(DataInputStream record) throws IOException {
            place = record.readLong();
            int length = record.readUnsignedByte();
            record.readFully(key, 0, length);
            session = sessions.find(KeyHash.of(key, 0, length), key, 0, length);
            step = STEPS[record.readByte()];
            instant = record.readLong();
            platform = record.readBoolean() ? platforms.code(record.readUTF()) : Sessions.NO_PLATFORM;
        }
    }
}
