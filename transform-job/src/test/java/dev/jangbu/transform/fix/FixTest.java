package dev.jangbu.transform.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.transform.contract.Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each action on the smallest line that shows it, and each mistake in a file by its message. */
class FixTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // set
                "- {field: a, set: 1.50}                      | {\"a\":-2,\"b\":1}            | {\"a\":1.50,\"b\":1}",
                "- {field: a, set: x}                         | {\"b\":1}                     | {\"b\":1,\"a\":\"x\"}",
                "- {field: o.a, set: true}                    | {\"o\":{\"b\":1}}             | {\"o\":{\"b\":1,\"a\":true}}",
                "- {field: o.a, set: true}                    | {\"o\":1}                     | unchanged",
                "- {field: o.a, set: true}                    | {\"b\":1}                     | unchanged",
                "- {field: a, set: 1}                         | {\"a\":1}                     | unchanged",
                "- {field: 'p[].q', set: 1}                   | {\"p\":[{\"q\":0},{},3]}      | {\"p\":[{\"q\":1},{\"q\":1},3]}",
                "- {field: 'p[].q', set: 1}                   | {\"p\":{\"q\":0}}             | unchanged",
                // map
                "- {field: a, map: {KAKAO: kakao_pay, -2: 2}} | {\"a\":\"KAKAO\"}             | {\"a\":\"kakao_pay\"}",
                "- {field: a, map: {KAKAO: kakao_pay, -2: 2}} | {\"a\":-2}                    | {\"a\":2}",
                "- {field: a, map: {KAKAO: kakao_pay}}        | {\"a\":\"kakao\"}             | unchanged",
                "- {field: a, map: {KAKAO: kakao_pay}}        | {\"b\":\"KAKAO\"}             | unchanged",
                // replace
                "- {field: a, replace: {pattern: '(\\d+)/(\\d+)', with: '$2-$1'}} | {\"a\":\"1/2 3/4\"} | {\"a\":\"2-1 4-3\"}",
                "- {field: a, replace: {pattern: x, with: y}} | {\"a\":1}                     | unchanged",
                // number
                "- {field: a, number: true}                   | {\"a\":\" 12000.50 \"}        | {\"a\":12000.50}",
                "- {field: a, number: true}                   | {\"a\":\"007\"}               | {\"a\":7}",
                "- {field: a, number: true}                   | {\"a\":\"1e5\"}               | unchanged",
                "- {field: a, number: true}                   | {\"a\":\"12원\"}              | unchanged",
                // remove, rename
                "- {field: a, remove: true}                   | {\"a\":1,\"b\":1}             | {\"b\":1}",
                "- {field: a, remove: true}                   | {\"b\":1}                     | unchanged",
                "- {field: a, rename: c}                      | {\"z\":0,\"a\":1,\"b\":1}     | {\"z\":0,\"c\":1,\"b\":1}",
                "- {field: a, rename: b}                      | {\"a\":1,\"b\":null,\"d\":2}  | {\"b\":1,\"d\":2}",
                "- {field: a, rename: b}                      | {\"a\":1,\"b\":2}             | unchanged",
                // when
                "- {when: {check: value_range}, field: a, set: 1}            | {\"a\":0}         | {\"a\":1}",
                "- {when: {check: order_amount}, field: a, set: 1}           | {\"a\":0}         | unchanged",
                "- {when: {field: b, equals: 2}, field: a, set: 1}           | {\"b\":2.0}       | {\"b\":2.0,\"a\":1}",
                "- {when: {field: b, equals: '2'}, field: a, set: 1}         | {\"b\":2}         | unchanged",
                "- {when: {field: b, equals: null}, field: a, set: 1}        | {\"b\":null}      | {\"b\":null,\"a\":1}",
                "- {when: {field: b, equals: null}, field: a, set: 1}        | {}                | {\"a\":1}",
                "- {when: {field: 'p[].q', equals: 0}, field: a, set: 1}     | {\"p\":[{\"q\":1},{\"q\":0}]} | {\"p\":[{\"q\":1},{\"q\":0}],\"a\":1}",
            })
    void oneRuleDoesOneThing(String rule, String line, String expected) throws IOException {
        assertThat(apply("rules:\n" + rule, line).orElse("unchanged")).isEqualTo(expected);
    }

    @Test
    void rulesGoOnFromWhatThoseBeforeMade() throws IOException {
        String rules = """
                rules:
                - {field: uid, rename: user_id}
                - {field: user_id, replace: {pattern: '^u', with: U}}
                - {when: {field: user_id, equals: U1}, field: seen, set: true}
                """;
        assertThat(apply(rules, "{\"uid\":\"u1\"}")).hasValue("{\"user_id\":\"U1\",\"seen\":true}");
    }

    @Test
    void aLineThatIsNoRecordIsFixedAsAWholeAndFieldsAfterIt() throws IOException {
        String rules = """
                rules:
                - {field: $line, replace: {pattern: ',\\s*}$', with: '}'}}
                - {field: a, set: 2}
                """;
        assertThat(apply(rules, "{\"a\":1, }")).hasValue("{\"a\":2}");
        assertThat(apply(rules, "{\"a\":1;}")).isEmpty();
        assertThat(apply(rules, "[1,}")).hasValue("[1}");
    }

    @Test
    void everythingElseOfARecordStaysAsItIs() throws IOException {
        String line =
                "{ \"big\": 123456789012345678901234567890.10, \"e\": 1E+400, \"t\":\"가\\u00e9\\\"\\n\", \"n\":null,"
                        + " \"o\": {\"z\":[1.0, -0.00], \"a\":{}}, \"a\":0 }";

        assertThat(apply("rules: [{field: a, set: 1}]", line))
                .hasValue("{\"big\":123456789012345678901234567890.10,\"e\":1E+400,\"t\":\"가é\\\"\\n\",\"n\":null,"
                        + "\"o\":{\"z\":[1.0,0.00],\"a\":{}},\"a\":1}");
    }

    @Test
    void aKeyTwiceIsRefusedNotMerged() throws IOException {
        assertThat(apply("rules: [{field: a, set: 1}]", "{\"a\":0,\"a\":2}")).isEmpty();
    }

    @Test
    void bytesThatAreNotUtf8MustBeSpokenFor() throws IOException {
        byte[] line = "{\"a\":0,\"b\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        Fix silent = read("rules: [{field: a, set: 1}]");
        Fix outspoken = read("""
                rules:
                - {field: $line, replace: {pattern: '\\uFFFD', with: é}}
                - {field: a, set: 1}
                """);

        assertThat(silent.apply(line, Set.of())).isEmpty();
        assertThat(outspoken.apply(line, Set.of())).hasValue("{\"a\":1,\"b\":\"café\"}");
    }

    @Test
    void whatIsNoLineAfterTheRulesIsNoCorrection() throws IOException {
        assertThat(apply("rules: [{field: $line, replace: {pattern: 'a', with: \"b\\nc\"}}]", "a"))
                .isEmpty();
        assertThat(apply("rules: [{field: $line, replace: {pattern: 'a', with: ''}}]", "a"))
                .isEmpty();
        assertThat(apply("rules: [{field: a, set: 1}]", "{\"b\":\"\\ud800\"}")).isEmpty();
        assertThat(apply(
                        "rules: [{field: $line, replace: {pattern: a, with: " + "xxxxxxxx".repeat(20) + "}}]",
                        "a".repeat(10_000)))
                .isEmpty();
    }

    @Test
    void theFileIsKnownByItsNameHashAndReason() throws IOException {
        Fix fix = read("why: App 5.1 sent -2\nrules: [{field: a, set: 1}]\n");

        assertThat(fix.name()).isEqualTo("fix.yml");
        assertThat(fix.why()).isEqualTo("App 5.1 sent -2");
        assertThat(fix.sha256()).hasSize(64);
        assertThat(fix.rules()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "rules: []                          | rules: [] (expected: a list of 1 to 1000 rules)",
                "why: x                             | rules: not there (expected: a list of 1 to 1000 rules)",
                "[1]                                | file: [1] (expected: keys why, rules)",
                "rule: []                           | file: rule (expected: why, rules)",
                "{why: 7, rules: [{field: a, set: 1}]} | why: 7 (expected: a text)",
                "rules: [{set: 1}]                  | rules[1].field: not there (expected: a text)",
                "rules: [{field: a}]                | rules[1]: no action (expected: one of set, map, replace, number, remove, rename)",
                "rules: [{field: a, set: 1, map: {}}] | rules[1]: set and map (expected: one of set, map, replace, number, remove, rename)",
                "rules: [{field: a, put: 1}]        | rules[1]: put (expected: when, field, set, map, replace, number, remove, rename)",
                "rules: [{field: a..b, set: 1}]     | rules[1].field: a..b (expected: a field such as quantity, extra_data.shipping_fee or extra_data.products[].quantity, or $line)",
                "rules: [{field: 'a[]', set: 1}]    | rules[1].field: a[] (expected: a field such as quantity, extra_data.shipping_fee or extra_data.products[].quantity, or $line)",
                "rules: [{field: $line, set: 1}]    | rules[1].set: of $line (expected: replace)",
                "rules: [{field: a, set: [1]}]      | rules[1].set: [1] (expected: a text, a number, true or false)",
                "rules: [{field: a, set: null}]     | rules[1].set: null (expected: a text, a number, true or false)",
                "rules: [{field: a, map: {}}]       | rules[1].map: {} (expected: old values, each with its new one)",
                "rules: [{field: a, map: {b: {}}}]  | rules[1].map.b: {} (expected: a text, a number, true or false)",
                "rules: [{field: a, replace: x}]    | rules[1].replace: \"x\" (expected: keys pattern, with)",
                "rules: [{field: a, replace: {pattern: '(', with: x}}] | rules[1].replace.pattern: ( (expected: a regular expression; Unclosed group)",
                "rules: [{field: a, replace: {pattern: 'x', with: '$1'}}] | rules[1].replace.with: $1 (expected: text with groups of the pattern as $1; No group 1)",
                "rules: [{field: a, replace: {pattern: 'x'}}] | rules[1].replace.with: not there (expected: a text)",
                "rules: [{field: a, number: false}] | rules[1].number: false (expected: true)",
                "rules: [{field: a, rename: b.c}]   | rules[1].rename: \"b.c\" (expected: the new name alone, such as user_id)",
                "rules: [{field: a, set: 1}, {when: {check: quantity}, field: a, set: 1}] | rules[2].when.check: \"quantity\" (expected: one of required_fields, unique_event_id, value_range, funnel_sequence, timestamp_valid, order_amount, platform_device)",
                "rules: [{when: {field: b}, field: a, set: 1}] | rules[1].when: field or equals alone (expected: both, or neither)",
                "rules: [{when: {field: $line, equals: x}, field: a, set: 1}] | rules[1].when.field: $line (expected: a field of the record)",
            })
    void aMistakeIsOneLineWithPlaceValueAndWhatWasExpected(String yaml, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("fix.yml"), yaml);

        assertThatThrownBy(() -> FixReader.read("--mapping", file.toString()))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessage("--mapping " + file + ": " + message);
    }

    @Test
    void aKeyTwiceInTheFileAndAFileThatIsNotThereAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("fix.yml"), "rules: [{field: a, set: 1, set: 2}]");

        assertThatThrownBy(() -> FixReader.read("--mapping", file.toString()))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("--mapping " + file + ": ")
                .hasMessageContainingAll("uplicate", "set");
        assertThatThrownBy(() -> FixReader.read("--mapping", "no-such.yml"))
                .hasMessage("--mapping: no-such.yml (expected: a YAML file of rules)");
    }

    private Optional<String> apply(String yaml, String line) throws IOException {
        return read(yaml).apply(line.getBytes(StandardCharsets.UTF_8), Set.of(Check.VALUE_RANGE));
    }

    private Fix read(String yaml) throws IOException {
        return FixReader.read(
                "--mapping", Files.writeString(folder.resolve("fix.yml"), yaml).toString());
    }
}
