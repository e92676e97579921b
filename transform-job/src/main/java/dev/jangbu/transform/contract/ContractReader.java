package dev.jangbu.transform.contract;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Finds contracts: those that are packaged by name, others by file. */
public final class ContractReader {
    /** The contract every other one starts from. */
    public static final String DEFAULT = "default";

    /** The packaged ones. */
    public static final List<String> PACKAGED = List.of(DEFAULT, "rees46", "online-retail", "retailrocket", "ga4");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private ContractReader() {}

    /**
     * @param option what named it, for the message: {@code --contract}
     * @param nameOrFile a packaged name, or the path of a YAML file
     * @throws JobFailure with {@link ExitCode#USAGE} when there is none, or it is not a contract
     */
    public static Contract read(String option, String nameOrFile) {
        if (PACKAGED.contains(nameOrFile)) {
            return packaged(nameOrFile);
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    option + ": " + nameOrFile + " (expected: one of " + String.join(", ", PACKAGED)
                            + ", or a YAML file)");
        }
        try {
            return overlay(nameOrFile, Files.readAllBytes(file));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
    }

    private static Contract packaged(String name) {
        String resource = "/contracts/events/" + name + ".yaml";
        try (InputStream yaml = ContractReader.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(yaml, resource).readAllBytes();
            return DEFAULT.equals(name) ? parse(resource, bytes, null) : overlay(resource, bytes);
        } catch (IOException failure) {
            throw new IllegalStateException(resource, failure);
        }
    }

    private static Contract overlay(String name, byte[] yaml) {
        return parse(name, yaml, packaged(DEFAULT));
    }

    private static Contract parse(String name, byte[] yaml, @Nullable Contract base) {
        try {
            return ContractOverlay.apply(YAML.readValue(yaml, ContractFile.class), base);
        } catch (JacksonException notSo) {
            throw refused(name, notSo.getOriginalMessage(), notSo);
        } catch (IllegalArgumentException wrongValue) {
            throw refused(name, String.valueOf(wrongValue.getMessage()), wrongValue);
        }
    }

    private static JobFailure refused(String name, String why, Exception cause) {
        String line = why.lines().findFirst().orElse("unreadable");
        return new JobFailure(ExitCode.USAGE, "contract " + name + ": " + line, cause);
    }
}
