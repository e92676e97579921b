package dev.jangbu.transform.cards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.transform.records.Mapped;
import dev.jangbu.transform.records.ScannedLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scanner takes what is usual, and of that makes the row the mapper makes; it takes nothing the mapper tells something of. */
class SaleScannerTest {
    private static final String LINE = line();
    private static final List<String> PIECES = List.of(
            "\\\"",
            "\\n",
            "\\u0000",
            "\\u3000",
            "\u3000",
            "한",
            "\ud83c\udf71",
            ",",
            "\r",
            "null",
            "0",
            "12345678901234",
            "4111111111111111",
            " ",
            "-1",
            "1.5",
            "}",
            "false",
            "true",
            "2026-02-29",
            "1987-05-10",
            "2200-01-01",
            "24:00",
            "\"");

    private static String line() {
        try {
            return Files.readString(Path.of("src/test/resources/records/card-sale-line.json"))
                    .strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            4711 | 4711
            "remark":"점심, \\"세트\\"" | "remark":null
            "is_canceled":false | "is_canceled":true
            "amount_fee":264 | "amount_fee":null
            "amount_deposit":11736 | "amount_deposit":11737
            "will_deposited_at":"2026-03-02T00:00:00.000000" | "will_deposited_at":null
            00:58:00.000000 | 23:59:59.999999
            정상 | \\\\ \\/ 정상
            2026-03-02T15:00:05.123Z | 2026-03-02T15:00:05Z
            "card_number":"5310-12**-****-3456" | "card_number":null
            """)
    void usualLinesAreTaken(String sample, String asUsual) {
        String line = LINE.replace(sample, asUsual);
        ScannedLine scanned = ScannedLine.of(new CardSales(Mapped.shop()), line.getBytes(UTF_8));
        assertThat(scanned.scanned()).isNotEmpty().isEqualTo(scanned.mapped());
        assertThat(scanned.told()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "id":4711 | "id":04711
            "remark":"점심 | "remark":" 점심
            T-1 | 4111111111111111
            5310-12**-****-3456 | 5310-1234-5678-3456
            "amount_sale":12000 | "amount_sale":12002
            "amount_sale":12000 | "amount_sale":9999999999999
            "is_canceled":false | "is_canceled":0
            2026-02-27T00:58:00.000000 | 2026-02-30T00:58:00.000000
            2026-02-27T00:58:00.000000 | 1987-05-10T02:30:00.000000
            2026-02-27T00:58:00.000000 | 2026-02-27T00:58:00
            "store_id":50 | "store_id":null
            "platform":"van-a" | "platform":"van\\u002da"
            0f1e2d3c4b5a | 0F1e2d3c4b5a
            "done"}} | "done"} }
            """)
    void whateverIsUnusualIsLeftToTheMapper(String sample, String unusual) {
        byte[] line = LINE.replace(sample, unusual).getBytes(UTF_8);
        assertThat(ScannedLine.of(new CardSales(Mapped.shop()), line).scanned()).isEmpty();
    }

    @Test
    void spoiltLinesAreReadAlikeOrLeft() {
        byte[] right = LINE.getBytes(UTF_8);
        int taken = 0;
        for (int seed = 0; seed < 6_000; seed++) {
            byte[] line = spoilt(right, new Random(seed));
            ScannedLine scanned = ScannedLine.of(new CardSales(Mapped.shop()), line);
            if (!scanned.scanned().isEmpty()) {
                taken++;
                String named = "seed " + seed + ": " + new String(line, UTF_8);
                assertThat(scanned.told()).as(named).isEmpty();
                assertThat(scanned.scanned()).as(named).isEqualTo(scanned.mapped());
            }
        }
        assertThat(taken).isGreaterThan(300);
    }

    private static byte[] spoilt(byte[] right, Random random) {
        int at = random.nextInt(right.length);
        int until = Math.min(right.length, at + random.nextInt(3));
        ByteArrayOutputStream spoilt = new ByteArrayOutputStream();
        spoilt.write(right, 0, at);
        if (random.nextBoolean()) {
            spoilt.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
        } else {
            spoilt.write(random.nextInt(256));
        }
        spoilt.write(right, until, right.length - until);
        return spoilt.toByteArray();
    }
}
