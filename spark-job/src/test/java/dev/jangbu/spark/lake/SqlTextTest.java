package dev.jangbu.spark.lake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextTest {
    private final SqlText text = new SqlText();

    @Test
    void aStatementEndsWithASemicolon() {
        assertThat(text.add("SELECT 1; SELECT 2;")).containsExactly("SELECT 1", "SELECT 2");
        assertThat(text.isPending()).isFalse();
    }

    @Test
    void aStatementMayTakeLines() {
        assertThat(text.add("SELECT 1,")).isEmpty();
        assertThat(text.isPending()).isTrue();
        assertThat(text.add("  2;")).containsExactly("SELECT 1,\n  2");
    }

    @Test
    void aSemicolonWithinTextsNamesAndCommentsEndsNothing() {
        assertThat(text.add("SELECT 'a;b', `c;d`, \"e;'f\" -- g;h'")).isEmpty();
        assertThat(text.add("/* i;' */ , 'it\\'s;';"))
                .containsExactly("SELECT 'a;b', `c;d`, \"e;'f\" -- g;h'\n/* i;' */ , 'it\\'s;'");
    }

    @Test
    void whatHasBegunCanBeDroppedOrTaken() {
        text.add("SELECT 'open");
        text.clear();
        assertThat(text.add("SELECT 1")).isEmpty();
        assertThat(text.rest()).isEqualTo("SELECT 1");
        assertThat(text.rest()).isEmpty();
    }
}
