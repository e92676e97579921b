package dev.jangbu.mart.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CheckTest {
    @Test
    void eachMarkBeginsACheck() {
        assertThat(Check.parseAll("""
                -- #fail sums_hold: the sums are equal
                SELECT 1
                WHERE FALSE;

                -- #warn few: there are few
                -- a remark
                SELECT 2;
                -- #fact found: how many were found
                SELECT 3 AS found
                """))
                .containsExactly(
                        new Check(Check.Kind.FAIL, "sums_hold", "the sums are equal", "SELECT 1\nWHERE FALSE"),
                        new Check(Check.Kind.WARN, "few", "there are few", "-- a remark\nSELECT 2"),
                        new Check(Check.Kind.FACT, "found", "how many were found", "SELECT 3 AS found"));
    }

    @Test
    void anEmptyFileHasNoChecks() {
        assertThat(Check.parseAll("\n")).isEmpty();
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThatThrownBy(() -> Check.parseAll("-- #stop sums_hold: the sums are equal\nSELECT 1;"))
                .hasMessage("#stop (expected: #fail, #warn or #fact)");
    }

    @Test
    void aNameTwiceIsRefused() {
        assertThatThrownBy(() -> Check.parseAll("-- #fail sums: equal\nSELECT 1;\n-- #warn sums: equal\nSELECT 1;"))
                .hasMessage("checks: a name stands twice (expected: each once)");
    }

    @Test
    void textBeforeTheFirstMarkIsRefused() {
        assertThatThrownBy(() -> Check.parseAll("SELECT 1;\n-- #fail sums: equal\nSELECT 1;"))
                .hasMessage("text before the first check (expected: -- #fail name: what holds)");
    }

    @Test
    void aMarkWithoutSqlIsRefused() {
        assertThatThrownBy(() -> Check.parseAll("-- #fail sums: equal\n"))
                .hasMessage("sums.sql: absent (expected: a text)");
    }

    @Test
    void aNameThatIsNoPlainNameIsRefused() {
        assertThatThrownBy(() -> Check.parseAll("-- #fail Sums: equal\nSELECT 1;"))
                .hasMessage("check: Sums (expected: a name such as order_id)");
    }
}
