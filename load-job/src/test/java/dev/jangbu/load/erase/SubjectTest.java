package dev.jangbu.load.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {
    private final Subject word = Subject.parse("U000123");
    private final Subject number = Subject.parse("257597");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user_id\":\"U000123\"}",
                "U000123",
                "call U000123, then",
                "{\"memo\":\"first\\nU000123\"}",
                "{\"user_id\":\"\\u0055000123\"}",
                "user:U000123.",
                "한U000123글"
            })
    void anIdWithLettersAndDigitsIsFoundWhereverItIsAWord(String text) {
        assertThat(word.isIn(text)).isTrue();
        assertThat(word.isIn(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"U0001234", "XU000123", "U000123-7", "U00012", "u000123", ""})
    void aPieceOfAnotherIdIsNot(String text) {
        assertThat(word.isIn(text)).isFalse();
        assertThat(word.isIn(text.getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void aNumberIsFoundAsAUserIdOnly() {
        assertThat(number.isIn("{\"user_id\":257597}")).isTrue();
        assertThat(number.isIn("{\"user_id\" : \"257597\",")).isTrue();
        assertThat(number.isIn("\"{\"\"user_id\"\": \"\"257597\"\"}\"")).isTrue();
        assertThat(number.isIn("{\"user_id\":\"2575970\",\"total_amount\":257597}"))
                .isFalse();
        assertThat(Subject.parse("kim").isWord()).isFalse();
        assertThat(Subject.parse("a1").isWord()).isFalse();
    }

    @Test
    void aSubstituteTakesItsPlaceAndNothingElse() {
        assertThat(word.redacted("U000123: \"U000123\" and U0001234")).isEqualTo("(erased): \"(erased)\" and U0001234");
        assertThat(number.redacted("{\"user_id\":257597,\"rows\":257597}"))
                .isEqualTo("{\"user_id\":0,\"rows\":257597}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a'b", "a\\b", "홍길동"})
    void whatIsNoUserIdIsRefusedWithoutBeingRepeated(String id) {
        assertThatThrownBy(() -> Subject.parse(id))
                .hasMessageStartingWith("--subject: " + (id.isBlank() ? "empty" : "no user id") + " (expected: ")
                .hasMessageNotContaining("a'b");
    }
}
