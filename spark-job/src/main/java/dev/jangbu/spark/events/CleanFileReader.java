package dev.jangbu.spark.events;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads some columns of a clean file. A field without quotes ends at a comma or a line's end, one with quotes at its second;
 * a quote inside is doubled. An empty field is NULL, an empty text has quotes. A row is good until the next one is asked
 * for. Of one thread.
 */
final class CleanFileReader implements PartitionReader<InternalRow> {
    private static final int BUFFER = 1 << 18;
    private static final int NOT_READ = -1;
    /** Where the row goes on behind what the buffer has of it. */
    private static final int MORE = -1;

    private final CleanFile file;
    private final String remedy;
    private final InputStream bytes;
    private final int[] places;
    private final boolean[] moments;
    private final ClockText clock = new ClockText();
    private final GenericInternalRow row;
    private byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long rows;

    private CleanFileReader(CleanFile file, StructType columns, InputStream bytes, String remedy) throws IOException {
        this.file = file;
        this.remedy = remedy;
        this.bytes = bytes;
        this.row = new GenericInternalRow(columns.size());
        this.moments = new boolean[columns.size()];
        for (int place = 0; place < moments.length; place++) {
            moments[place] = columns.fields()[place].dataType().equals(DataTypes.TimestampType);
        }
        this.places = places(header(), List.of(columns.fieldNames()));
    }

    /**
     * @param columns texts and moments
     * @param remedy what to run when the file is not as its manifest says
     */
    static CleanFileReader open(CleanFile file, StructType columns, SerializableConfiguration hadoop, String remedy) {
        Path path = new Path(URI.create(file.url()));
        try {
            return new CleanFileReader(
                    file, columns, path.getFileSystem(hadoop.value()).open(path), remedy);
        } catch (IOException failure) {
            throw new JobFailure(ExitCode.FAILED, "cannot read " + file.url() + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public boolean next() throws IOException {
        int after = parse();
        while (after == MORE && fill()) {
            after = parse();
        }
        if (after == MORE) {
            requireWhole();
            return false;
        }
        at = after;
        rows++;
        return true;
    }

    @Override
    public InternalRow get() {
        return row;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private void requireWhole() {
        if (at < end) {
            throw refused("ends within row " + (rows + 1));
        }
        if (rows != file.rows()) {
            throw refused(rows + " rows (expected: " + file.rows() + ", as its manifest says)");
        }
    }

    private List<String> header() throws IOException {
        int lineEnd = indexOf('\n', 0);
        while (lineEnd == MORE && fill()) {
            lineEnd = indexOf('\n', 0);
        }
        int length = lineEnd == MORE ? end : lineEnd;
        at = Math.min(length + 1, end);
        return Arrays.asList(new String(buffer, 0, length, StandardCharsets.UTF_8).split(",", -1));
    }

    /** For each column of the file its place in a row. */
    private int[] places(List<String> header, List<String> columns) {
        if (!header.containsAll(columns)) {
            throw refused("columns " + header + " (expected: among them " + columns + ")");
        }
        return header.stream().mapToInt(columns::indexOf).toArray();
    }

    /** Takes the row that begins here; tells where the next one does. */
    private int parse() {
        byte[] text = buffer;
        int limit = end;
        int position = at;
        for (int column = 0; ; column++) {
            int begin = position;
            if (position < limit && text[position] == '"') {
                position = closingQuote(position + 1);
                if (position == MORE) {
                    return MORE;
                }
                put(column, begin + 1, position, true);
                position++;
            } else {
                while (position < limit && text[position] != ',' && text[position] != '\n') {
                    position++;
                }
                if (position >= limit) {
                    return MORE;
                }
                put(column, begin, position, false);
            }
            if (position >= limit) {
                return MORE;
            }
            if (text[position] == '\n') {
                requireColumns(column + 1);
                return position + 1;
            }
            position++;
        }
    }

    private int closingQuote(int from) {
        int quote = indexOf('"', from);
        while (quote != MORE && quote + 1 < end && buffer[quote + 1] == '"') {
            quote = indexOf('"', quote + 2);
        }
        return quote;
    }

    private int indexOf(char wanted, int from) {
        for (int position = from; position < end; position++) {
            if (buffer[position] == wanted) {
                return position;
            }
        }
        return MORE;
    }

    private void put(int column, int from, int to, boolean isQuoted) {
        int place = column < places.length ? places[column] : NOT_READ;
        if (place == NOT_READ) {
            return;
        }
        if (isQuoted && !moments[place]) {
            row.update(place, unquoted(from, to));
            return;
        }
        if (from == to && !isQuoted) {
            row.update(place, null);
            return;
        }
        row.update(place, moments[place] ? moment(from, to) : UTF8String.fromBytes(buffer, from, to - from));
    }

    private Object moment(int from, int to) {
        try {
            return clock.micros(buffer, from, to - from);
        } catch (DateTimeException none) {
            throw refused("row " + (rows + 1) + ": \"" + new String(buffer, from, to - from, StandardCharsets.UTF_8)
                    + "\" (expected: a moment such as 2026-01-15T00:30:00.123456Z)");
        }
    }

    private UTF8String unquoted(int from, int to) {
        byte[] text = new byte[to - from];
        int length = 0;
        for (int position = from; position < to; position += buffer[position] == '"' ? 2 : 1) {
            text[length++] = buffer[position];
        }
        return UTF8String.fromBytes(text, 0, length);
    }

    private void requireColumns(int found) {
        if (found != places.length) {
            throw refused("row " + (rows + 1) + " has " + found + " columns (expected: " + places.length + ")");
        }
    }

    /** Reads on behind what is not taken yet; whether there was something. */
    private boolean fill() throws IOException {
        byte[] target = end - at > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
        System.arraycopy(buffer, at, target, 0, end - at);
        buffer = target;
        end -= at;
        at = 0;
        int read = bytes.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }

    private JobFailure refused(String found) {
        return new JobFailure(ExitCode.FAILED, file.url() + ": " + found + "; " + remedy);
    }
}
