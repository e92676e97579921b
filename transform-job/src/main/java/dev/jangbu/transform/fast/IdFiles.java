package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** The event ids of a day that is too large for the heap. Of one thread. */
final class IdFiles implements Closeable {
    private final HashedFiles files;

    IdFiles(Path folder) throws IOException {
        files = new HashedFiles(folder, "ids");
    }

    void add(long high, long low, long place) throws IOException {
        DataOutputStream file = start(EventIds.hash(high, low), place, true);
        file.writeLong(high);
        file.writeLong(low);
    }

    /** The line's id, where it has one. */
    void add(CheckedLine line, long place) throws IOException {
        String id = line.eventId();
        if (id == null) {
            return;
        }
        if (EventIds.isUuid(id)) {
            UUID uuid = UUID.fromString(id);
            add(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(), place);
            return;
        }
        String key = BoundedKey.of(id);
        start(KeyHash.mix(key.hashCode()), place, false).writeUTF(key);
    }

    private DataOutputStream start(long hash, long place, boolean isUuid) throws IOException {
        DataOutputStream file = files.next(hash);
        file.writeLong(place);
        file.writeBoolean(isUuid);
        return file;
    }

    /** Ends the adding. */
    @Override
    public void close() throws IOException {
        files.close();
    }

    /** Finds the repeated ids of a file, which is removed then. */
    void judge(int file, FoundFiles found) throws IOException {
        EventIds ids = new EventIds();
        try (DataInputStream records = files.read(file);
                FoundFiles.Writer writer = found.next()) {
            for (long record = 0; record < files.records(file); record++) {
                long place = records.readLong();
                boolean isNew = records.readBoolean()
                        ? ids.add(records.readLong(), records.readLong())
                        : ids.add(records.readUTF());
                if (!isNew) {
                    writer.write(Finding.repeated(place));
                }
            }
        }
        files.remove(file);
    }
}
