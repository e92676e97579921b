package dev.jangbu.extract.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardNumberTest {
    @ParameterizedTest
    @CsvSource({
        "5310-12**-****-3456, 5310-12**-****-3456, 531012******3456",
        "5310120000003456, 531012******3456, 531012******3456",
        "5310 1200 0000 3456, 5310 12** **** 3456, 531012******3456",
        "5310-1200-****-3456, 5310-12**-****-3456, 531012******3456",
        "***-3456, ***-3456, ***3456",
        "unknown, unknown, ''"
    })
    void noMoreThanTheFirstSixAndTheLastFourIsKept(String stored, String shown, String stable) {
        assertThat(CardNumber.of(stored)).isEqualTo(new CardNumber(shown, stable));
    }

    @ParameterizedTest
    @CsvSource({
        "4111111111111111, 411111******1111",
        "card 4111-1111-1111-1111 paid, card 4111-11**-****-1111 paid",
        // Behind a date, before an amount, and at nineteen digits.
        "20260102 4111111111111111, 20260102 411111******1111",
        "4111 1111 1111 1111 5000, 4111 11** **** 1111 5000",
        "6304000000000000000, 630400*********0000",
        // Without the check digit, too short, too long, apart.
        "4111111111111112, 4111111111111112",
        "411111111111, 411111111111",
        "41111111111111111111, 41111111111111111111",
        "4111 1111  1111 1111, 4111 1111  1111 1111",
        "'', ''"
    })
    void freeTextKeepsNoFullNumber(String text, String hidden) {
        assertThat(CardNumber.hidden(text)).isEqualTo(hidden);
    }

    @Test
    void twoNumbersAreBothHidden() {
        assertThat(CardNumber.hidden("{\"a\":\"4111111111111111\",\"b\":\"5555555555554444\"}"))
                .isEqualTo("{\"a\":\"411111******1111\",\"b\":\"555555******4444\"}");
    }
}
