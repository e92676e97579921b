package dev.jangbu.transform.fast;

import dev.jangbu.kit.json.Json;
import dev.jangbu.transform.landing.Correction;
import dev.jangbu.transform.landing.CorrectionWriter;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.landing.PartCorrections;
import dev.jangbu.transform.reject.RawLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A part some of whose lines are spoilt, with the corrections that give them back. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SpoiltPart(byte[] content, List<Correction> corrections) {
    /** Spoils each third line that is text; lines, breaks and blank lines stay where they are. */
    static SpoiltPart of(byte[] content) {
        ByteArrayOutputStream spoilt = new ByteArrayOutputStream();
        List<Correction> corrections = new ArrayList<>();
        int from = 0;
        for (long line = 1; from < content.length; line++) {
            int end = from;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            byte[] good = Arrays.copyOfRange(content, from, end);
            if (line % 3 == 0 && good.length <= Json.LINE_LIMIT && isText(good)) {
                byte[] bad = ("spoilt " + line).getBytes(StandardCharsets.UTF_8);
                spoilt.writeBytes(bad);
                corrections.add(new Correction(line, hash(bad), "r1", new String(good, StandardCharsets.UTF_8)));
            } else {
                spoilt.writeBytes(good);
            }
            if (end < content.length) {
                spoilt.write('\n');
            }
            from = end + 1;
        }
        return new SpoiltPart(spoilt.toByteArray(), corrections);
    }

    LandingPart write(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".corrections");
        try (CorrectionWriter writer = new CorrectionWriter(file)) {
            corrections.forEach(writer::write);
            writer.finish();
        }
        return Days.write(folder, name, content).with(new PartCorrections(file, corrections.size()));
    }

    /** A correction is text, never blank, and no longer than a record may be. */
    private static boolean isText(byte[] line) {
        try {
            return !StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString()
                    .isBlank();
        } catch (CharacterCodingException not) {
            return false;
        }
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(RawLine.newDigest().digest(bytes));
    }
}
