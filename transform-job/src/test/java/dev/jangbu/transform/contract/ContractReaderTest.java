package dev.jangbu.transform.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractReaderTest {
    @TempDir
    private Path folder;

    @Test
    void defaultIsThePublishedContract() {
        Contract contract = ContractReader.read("test", "default");
        assertThat(contract.firstYear() + ".." + contract.lastYear()).isEqualTo("2020..2030");
        assertThat(contract.currency()).isEqualTo("KRW");
        assertThat(contract.limits(Measure.QUANTITY)).hasToString("1..99");
        assertThat(contract.limits(Measure.UNIT_PRICE)).hasToString("1..10000000");
        assertThat(contract.limits(Measure.TOTAL_AMOUNT)).hasToString("1..100000000");
        assertThat(contract.absent()).isEmpty();
        assertThat(Check.ALL)
                .allSatisfy(
                        check -> assertThat(contract.rule(check).threshold()).isEqualByComparingTo("0.99"));
    }

    @Test
    void everyPackagedContractIsOne() {
        assertThat(ContractReader.PACKAGED)
                .allSatisfy(name ->
                        assertThat(ContractReader.read("test", name).name()).isEqualTo(name));
    }

    @Test
    void everyDifferenceSaysWhy() throws IOException {
        for (String name : ContractReader.PACKAGED) {
            String yaml = new String(
                    java.util.Objects.requireNonNull(
                                    getClass().getResourceAsStream("/contracts/events/" + name + ".yaml"))
                            .readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            assertThat(yaml).as(name).contains("why:");
        }
    }

    @Test
    void fileSetsWhatDiffersAndNothingElse() throws IOException {
        Contract contract = read("""
                profile: shop
                patterns: {user_id: 'U\\d{6}'}
                limits: {quantity: {max: 5}}
                checks: {value_range: {threshold: 0.5, severity: warn, fate: keep}}
                """);
        assertThat(contract.pattern(Field.USER_ID)).hasToString("U\\d{6}");
        assertThat(contract.limits(Measure.QUANTITY)).hasToString("1..5");
        assertThat(contract.rule(Check.VALUE_RANGE))
                .isEqualTo(new CheckRule(new BigDecimal("0.5"), Severity.WARN, Fate.KEEP));
        assertThat(contract.rule(Check.ORDER_AMOUNT))
                .isEqualTo(ContractReader.read("test", "default").rule(Check.ORDER_AMOUNT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "profile: s\\nlimits: {nonsense: {max: 5}} | limits.nonsense (expected: a number of the contract)",
                "profile: s\\nlimits: {quantity: {max: 0}} | max: 0 (expected: at least 1, the least)",
                "profile: s\\nlimits: {quantity: {max: 2147483648}} | limits.quantity: 1..2147483648 (expected: within 2147483647, what its column holds)",
                "profile: s\\npatterns: {page_url: x} | patterns.page_url (expected: a field that holds an id)",
                "profile: s\\npatterns: {user_id: '['} | patterns.user_id: [ (expected: a regular expression)",
                "profile: s\\ncannot_have: {fields: [user_id]} | cannot_have: user_id (expected: a field a row can do without)",
                "profile: s\\nyears: {first: 2026, last: 2025} | years: 2026..2025 (expected: first <= last)",
                "profile: s\\nchecks: {sum: {threshold: 1}} | checks.sum (expected: one of [required_fields, unique_event_id, value_range, funnel_sequence, timestamp_valid, order_amount, platform_device])",
                "profile: s\\nchecks: {value_range: {threshold: 1.1}} | threshold: 1.1 (expected: 0..1, at most 6 decimals)",
                "profile: s\\nchecks: {funnel_sequence: {fate: reject}} | checks.funnel_sequence.fate: reject (expected: keep, for a session is judged when the day was read)",
            })
    void wrongValueIsRefusedByName(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
                .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.USAGE))
                .hasMessage("contract " + folder.resolve("shop.yaml") + ": " + message);
    }

    @Test
    void unknownKeyIsRefusedByName() {
        Assertions.assertThatThrownBy(() -> read("profile: s\nyear: 3\n")).hasMessageContaining("\"year\"");
    }

    @Test
    void unknownNameSaysWhatThereIs() {
        assertThatThrownBy(() -> ContractReader.read("--contract", "nope"))
                .hasMessage("--contract: nope (expected: one of default, rees46, online-retail, retailrocket, ga4,"
                        + " or a YAML file)");
    }

    @ParameterizedTest
    @CsvSource({"10000,100,true", "10000,101,false", "0,0,true", "1000000,10000,true", "1000000,10001,false"})
    void thresholdIsComparedExactly(long counted, long failed, boolean isMet) {
        CheckRule rule = new CheckRule(new BigDecimal("0.99"), Severity.FAIL, Fate.REJECT);
        assertThat(rule.isMet(counted, failed)).isEqualTo(isMet);
    }

    private Contract read(String yaml) throws IOException {
        return ContractReader.read(
                "--contract",
                Files.writeString(folder.resolve("shop.yaml"), yaml).toString());
    }
}
