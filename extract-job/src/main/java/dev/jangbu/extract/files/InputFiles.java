package dev.jangbu.extract.files;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The files of one input, in reading order: the file itself, or all in a folder by name, but for hidden ones and folders.
 */
public record InputFiles(Path input, List<Path> files) {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    public InputFiles {
        files = List.copyOf(files);
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when there is nothing to read */
    public static InputFiles of(Path input) {
        if (Files.isRegularFile(input)) {
            requireReadable(input);
            return new InputFiles(input, List.of(input));
        }
        List<Path> files = Files.isDirectory(input) ? list(input) : List.of();
        if (files.isEmpty()) {
            throw new JobFailure(
                    ExitCode.USAGE, "--input: " + input + " (expected: an existing file, or a folder with files)");
        }
        files.forEach(InputFiles::requireReadable);
        return new InputFiles(input, files);
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when a file calls itself CSV: its rows need a mapping */
    void requireLines() {
        for (Path file : files) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
                throw new JobFailure(
                        ExitCode.USAGE, "--mapping: missing (expected: one, to read the columns of " + file + ")");
            }
        }
    }

    /** The content, unpacked where it is gzip by its first bytes, whatever its name. */
    public static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            PushbackInputStream start = new PushbackInputStream(raw, GZIP.length);
            return startsWith(start, GZIP) ? new GZIPInputStream(start, BUFFER_BYTES) : start;
        } catch (IOException failure) {
            raw.close();
            throw failure;
        }
    }

    /** The stream past a UTF-8 byte order mark, if there is one. */
    public static InputStream withoutMark(InputStream content) throws IOException {
        PushbackInputStream start = new PushbackInputStream(content, BYTE_ORDER_MARK.length);
        if (startsWith(start, BYTE_ORDER_MARK)) {
            start.skipNBytes(BYTE_ORDER_MARK.length);
        }
        return start;
    }

    private static boolean startsWith(PushbackInputStream stream, byte[] mark) throws IOException {
        byte[] first = stream.readNBytes(mark.length);
        stream.unread(first);
        return java.util.Arrays.equals(first, mark);
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isRegularFile)
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", folder, failure);
        }
    }

    private static void requireReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw new JobFailure(ExitCode.USAGE, "--input: " + file + " (expected: a file this user may read)");
        }
    }
}
