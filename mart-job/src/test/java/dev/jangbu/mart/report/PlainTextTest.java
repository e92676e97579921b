package dev.jangbu.mart.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @Test
    void whatMovesTheCursorOrTurnsTheTextIsShownAndNotDone() {
        assertThat(PlainText.visible("a\u001b[2Jb\n2026 ERROR\u202ec\u200bd\ud800e\u0000"))
                .isEqualTo("a\\u001b[2Jb\\u000a2026 ERROR\\u202ec\\u200bd\\ud800e\\u0000");
        assertThat(PlainText.visible("값의 범위 😀 é")).isEqualTo("값의 범위 😀 é");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "900101-1234567",
                "9001011234567",
                "1234-5678-1234-5678",
                "1234567812345678",
                "010-1234-5678",
                "01012345678",
                "+82 10-1234-5678",
                "kim.min+x@shop.co.kr"
            })
    void personalDataOfKnownShapeIsStruckOut(String personal) {
        assertThat(PlainText.masked("name " + personal + ", more")).isEqualTo("name ***, more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ORD2026010100001234",
                "U000123",
                "2026-01-15T01:02:03",
                "total_amount: 100000001",
                "user at shop"
            })
    void otherTextIsLeftAlone(String text) {
        assertThat(PlainText.masked(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"abc, 3", "한글, 4", "e\u0301, 1", "\u1112\u1161\u11ab, 2", "😀, 2", "'', 0"})
    void hangulIsTwoColumnsWide(String text, int width) {
        assertThat(PlainText.width(text)).isEqualTo(width);
    }

    @Test
    void textIsFittedToColumns() {
        assertThat(PlainText.left("한글", 6)).isEqualTo("한글  ");
        assertThat(PlainText.right("한글", 6)).isEqualTo("  한글");
        assertThat(PlainText.left("가나다라", 6)).isEqualTo("가나… ");
        assertThat(PlainText.cut("abcdef", 4)).isEqualTo("abc…");
    }

    @Test
    void longTextIsBrokenAtBlanksAndLosesNothing() {
        assertThat(PlainText.wrapped("the day did not pass", 9)).containsExactly("the day", "did not", "pass");
        assertThat(PlainText.wrapped("in /srv/jangbu/data now", 8))
                .containsExactly("in", "/srv/jan", "gbu/data", "now");
        assertThat(PlainText.wrapped("가나다라", 5)).containsExactly("가나", "다라");
        assertThat(PlainText.wrapped("", 5)).containsExactly("");
    }
}
