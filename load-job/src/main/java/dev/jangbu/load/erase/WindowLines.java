package dev.jangbu.load.erase;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines and records of an account's window without a person, who is a customer's or a card's key in them: an order stays
 * an order, and is nobody's. What is said of a card's payments goes with it.
 */
final class WindowLines {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final Pattern BASE64 = Pattern.compile("\"raw_base64\":\"([A-Za-z0-9+/=]+)\"");

    /** How a rejected line says which file of the landing it is of. */
    private static final String FILE = "\"file\":\"";

    private final Subject subject;
    private final Pattern field;
    private final SaidOfCards said;

    WindowLines(Subject subject) {
        this.subject = subject;
        this.field = Pattern.compile("(^|,)\"?" + Pattern.quote(subject.id()) + "\"?(?=[,\r\n]|$)");
        this.said = new SaidOfCards(subject.id());
    }

    /**
     * Copies a file.
     *
     * @param renamed runs of landings whose lines are told of, and the runs whose lines they are now
     * @return how many lines or records named the person
     */
    long copy(Path from, NewFile to, Map<String, String> renamed) throws IOException {
        long[] redacted = {0};
        CsvRecords.Reading writing = line -> {
            byte[] left = without(from, line);
            redacted[0] += left == line ? 0 : 1;
            to.out().write(renamed.isEmpty() ? left : renamed(left, renamed));
        };
        if (from.toString().endsWith(".csv")) {
            said.beginFile();
            CsvRecords.read(from, writing);
        } else {
            read(from, writing);
        }
        return redacted[0];
    }

    /** The same array where it does not name the person. Latin 1 keeps every byte what it is. */
    private byte[] without(Path file, byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        String left = file.toString().endsWith(".csv")
                ? field.matcher(said.withoutInCsv(text)).replaceAll("$1")
                : base64(said.withoutInJson(text)).replace('"' + subject.id() + '"', "null");
        left = subject.redacted(left);
        return left.equals(text) ? line : left.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] renamed(byte[] line, Map<String, String> renamed) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> run : renamed.entrySet()) {
            text = text.replace(FILE + run.getKey() + "/", FILE + run.getValue() + "/");
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String base64(String line) {
        return BASE64.matcher(line).replaceAll(found -> {
            String raw = new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.ISO_8859_1);
            byte[] left = subject.redacted(raw).getBytes(StandardCharsets.ISO_8859_1);
            return Matcher.quoteReplacement(
                    "\"raw_base64\":\"" + Base64.getEncoder().encodeToString(left) + "\"");
        });
    }

    private static void read(Path file, CsvRecords.Reading reading) throws IOException {
        try (InputStream in = Lines.open(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int from = 0;
                for (int at = 0; at < read; at++) {
                    if (buffer[at] == '\n') {
                        line.write(buffer, from, at + 1 - from);
                        reading.take(line.toByteArray());
                        line.reset();
                        from = at + 1;
                    }
                }
                line.write(buffer, from, read - from);
            }
            if (line.size() > 0) {
                reading.take(line.toByteArray());
            }
        }
    }
}
