package dev.jangbu.mart.definition;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads one mart's folder. What is wrong in it is told with the file's name. */
final class MartFolder {
    static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Resource metadataFile;

    /** @param metadataFile the folder's {@code metadata.yaml}; its brothers are found beside it */
    MartFolder(Resource metadataFile) {
        this.metadataFile = metadataFile;
    }

    /** @throws IllegalStateException when a file is missing or wrong */
    Mart read() {
        Metadata metadata = yaml("metadata.yaml", Metadata.class);
        List<Column> columns = yaml("schema.yaml", Schema.class).columns();
        try {
            String query = Query.withoutTerminator(text("query.sql"));
            List<Check> checks = Check.parseAll(text("checks.sql"));
            return new Mart(metadata, columns, query, checks, statement("before.sql"), statement("after.sql"));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException("mart " + metadata.name() + ": " + wrong.getMessage(), wrong);
        }
    }

    private record Schema(List<Column> columns) {}

    private <T> T yaml(String name, Class<T> type) {
        try {
            return YAML.readValue(text(name), type);
        } catch (JacksonException wrong) {
            throw new IllegalStateException(path(name) + ": " + wrong.getOriginalMessage(), wrong);
        }
    }

    /** Of a file most folders do not have. */
    private @Nullable String statement(String name) {
        return hasFile(name) ? Query.withoutTerminator(text(name)) : null;
    }

    private boolean hasFile(String name) {
        try {
            return metadataFile.createRelative(name).exists();
        } catch (IOException failure) {
            throw new UncheckedIOException(path(name) + ": cannot be looked for", failure);
        }
    }

    private String text(String name) {
        try (InputStream file = metadataFile.createRelative(name).getInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException absent) {
            throw new IllegalStateException(path(name) + ": no such file", absent);
        } catch (IOException failure) {
            throw new UncheckedIOException(path(name) + ": cannot be read", failure);
        }
    }

    /** Where the file lies, as far as can be told: a path on disk, else the place in the jar. */
    private String path(String name) {
        try {
            return metadataFile.isFile()
                    ? metadataFile.getFile().toPath().resolveSibling(name).toString()
                    : metadataFile.getURI().resolve(name).toString();
        } catch (IOException | IllegalArgumentException unknown) {
            return name + " of " + metadataFile.getDescription();
        }
    }
}
