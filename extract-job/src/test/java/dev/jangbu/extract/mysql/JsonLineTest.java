package dev.jangbu.extract.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"\\/", "\u0000\t\n\u001f\u007f", "é한글€", "😀a", "끝😀"})
    void aTextIsReadAsItWasWritten(String text) {
        JsonLine line = new JsonLine();
        line.text(text);

        assertThat(Json.mapper().readValue(written(line), String.class)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"\\/", "\u0000\t\n\u001f\u007f", "é한글€", "😀a", "끝😀"})
    void bytesOfATextAreWrittenAsTheText(String text) {
        JsonLine line = new JsonLine();
        line.text(text);
        JsonLine ofBytes = new JsonLine();
        ofBytes.text(text.getBytes(StandardCharsets.UTF_8));

        assertThat(written(ofBytes)).isEqualTo(written(line));
    }

    @Test
    void halfACharacterIsReplaced() {
        JsonLine line = new JsonLine();
        line.text("a\ud83d");
        line.text(new byte[] {'a', (byte) 0xed, (byte) 0x95});

        assertThat(written(line)).isEqualTo("\"a\uFFFD\"\"a\uFFFD\"");
    }

    @Test
    void aLineGrowsAndIsUsedAgain() {
        JsonLine line = new JsonLine();
        line.text("x".repeat(10_000));
        line.clear().raw("12");
        line.none();

        assertThat(written(line)).isEqualTo("12null");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 10, 999, 1_000, -5, Long.MAX_VALUE, Long.MIN_VALUE})
    void aNumberIsReadAsItWasWritten(long number) {
        JsonLine line = new JsonLine();
        line.number(number);

        assertThat(written(line)).isEqualTo(String.valueOf(number));
    }

    @Test
    void aTimeHasMicroseconds() {
        JsonLine line = new JsonLine();
        line.time(LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6_000));

        assertThat(written(line)).isEqualTo("\"2026-01-02T03:04:05.000006\"");
    }

    private static String written(JsonLine line) {
        return new String(line.content(), 0, line.length(), StandardCharsets.UTF_8);
    }
}
