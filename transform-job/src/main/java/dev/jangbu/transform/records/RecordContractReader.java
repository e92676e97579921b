package dev.jangbu.transform.records;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.contract.CheckRule;
import dev.jangbu.transform.contract.Fate;
import dev.jangbu.transform.contract.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Finds the contract of a dataset's records: the packaged one, or a file of the same form. */
public final class RecordContractReader {
    private static final Set<String> OF_PROFILES = Set.of("orders/online-retail", "card-sales/purchase-cards");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private record ContractFile(
            @Nullable String dataset,
            @Nullable Integer version,
            @Nullable String why,
            @Nullable Years years,
            @Nullable Integer largestQuantity,
            @Nullable BigDecimal smallestAmount,
            @Nullable BigDecimal largestAmount,
            @Nullable Integer minimumFailedLines,
            @Nullable Map<String, Treatment> checks) {}

    private record Years(int first, int last) {}

    private record Treatment(
            @Nullable BigDecimal threshold,
            @Nullable Severity severity,
            @Nullable Fate fate,
            @Nullable String why) {}

    private RecordContractReader() {}

    /** The contract that comes with the job: the profile's own, or the one of the dataset. */
    public static RecordContract packaged(String dataset, String profile) {
        String name = dataset + "/" + (OF_PROFILES.contains(dataset + "/" + profile) ? profile : "default");
        String resource = "/contracts/" + name + ".yaml";
        try (InputStream yaml = RecordContractReader.class.getResourceAsStream(resource)) {
            return parse(name, dataset, Objects.requireNonNull(yaml, resource).readAllBytes());
        } catch (IOException failure) {
            throw new IllegalStateException(resource, failure);
        }
    }

    /**
     * @param option what named it, for the message: {@code --contract}
     * @throws JobFailure with {@link ExitCode#USAGE} when there is none, or it is not a contract of the dataset
     */
    public static RecordContract read(String option, Path file, String dataset) {
        if (!Files.isRegularFile(file)) {
            throw new JobFailure(ExitCode.USAGE, option + ": " + file + " (expected: a YAML file)");
        }
        try {
            return parse(file.toString(), dataset, Files.readAllBytes(file));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
    }

    private static RecordContract parse(String name, String dataset, byte[] yaml) {
        try {
            return contract(name, dataset, YAML.readValue(yaml, ContractFile.class));
        } catch (JacksonException notSo) {
            throw refused(name, notSo.getOriginalMessage(), notSo);
        } catch (IllegalArgumentException wrongValue) {
            throw refused(name, String.valueOf(wrongValue.getMessage()), wrongValue);
        }
    }

    private static RecordContract contract(String name, String dataset, ContractFile file) {
        if (!dataset.equals(file.dataset())) {
            throw new IllegalArgumentException("dataset: " + file.dataset() + " (expected: " + dataset + ")");
        }
        Years years = given(file.years(), "years");
        return new RecordContract(
                name,
                given(file.version(), "version"),
                years.first(),
                years.last(),
                given(file.largestQuantity(), "largest_quantity"),
                Objects.requireNonNullElse(file.smallestAmount(), BigDecimal.ZERO),
                given(file.largestAmount(), "largest_amount"),
                Objects.requireNonNullElse(file.minimumFailedLines(), 1),
                rules(given(file.checks(), "checks")));
    }

    private static Map<RecordCheck, CheckRule> rules(Map<String, Treatment> given) {
        Map<RecordCheck, CheckRule> rules = new EnumMap<>(RecordCheck.class);
        given.forEach((id, treatment) -> rules.put(check(id), rule(treatment, "checks." + id)));
        return rules;
    }

    private static RecordCheck check(String id) {
        return RecordCheck.ALL.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("checks." + id + " (expected: one of "
                        + RecordCheck.ALL.stream().map(RecordCheck::id).toList() + ")"));
    }

    /** Where it is not said, what fails the day is rejected, and what only warns is kept and flagged. */
    private static CheckRule rule(Treatment treatment, String name) {
        Severity severity = given(treatment.severity(), name + ".severity");
        return new CheckRule(
                given(treatment.threshold(), name + ".threshold"),
                severity,
                Objects.requireNonNullElse(treatment.fate(), severity == Severity.FAIL ? Fate.REJECT : Fate.KEEP));
    }

    private static <T> T given(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": absent (expected: a value)");
        }
        return value;
    }

    private static JobFailure refused(String name, String why, Exception cause) {
        String line = why.lines().findFirst().orElse("unreadable");
        return new JobFailure(ExitCode.USAGE, "contract " + name + ": " + line, cause);
    }
}
