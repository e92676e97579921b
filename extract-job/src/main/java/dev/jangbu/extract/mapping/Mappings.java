package dev.jangbu.extract.mapping;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Finds mapping files: those that ship with the job by name, others by path. */
public final class Mappings {
    /** The mappings that ship, by name. */
    public static final List<String> PACKAGED =
            List.of("ga4", "online-retail", "purchase-cards", "rees46", "retailrocket");

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Mappings() {}

    /**
     * @param name of a mapping that ships, or the path of a file
     * @throws JobFailure with {@link ExitCode#USAGE} when there is none, or something in it is wrong; the message names
     *     file and key
     */
    public static Mapping find(String name) {
        if (PACKAGED.contains(name)) {
            return parse(name, packaged(name));
        }
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--mapping: " + name + " (expected: " + String.join(", ", PACKAGED) + ", or the path of a file)");
        }
        try {
            return parse(name, Files.readAllBytes(file));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
    }

    static Mapping parse(String file, byte[] yaml) {
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JacksonException notYaml) {
            throw new JobFailure(ExitCode.USAGE, "mapping " + file + ": " + firstLine(notYaml), notYaml);
        }
        return new MappingReader(new Section(file, "", root)).read();
    }

    private static String firstLine(JacksonException failure) {
        String place = failure.getLocation() == null
                ? ""
                : " (line " + failure.getLocation().getLineNr() + ")";
        return failure.getOriginalMessage().lines().findFirst().orElse("no YAML") + place;
    }

    private static byte[] packaged(String name) {
        try (InputStream file = Mappings.class.getResourceAsStream(name + ".yaml")) {
            if (file == null) {
                throw new IllegalStateException("not packaged: mapping " + name);
            }
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new IllegalStateException("cannot read the packaged mapping " + name, failure);
        }
    }
}
