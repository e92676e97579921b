package dev.jangbu.extract.ably;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What Ably's pages and files look like, as far as they are read. It is a setting: nobody promises that they stay as they
 * are.
 *
 * @param columns by the name a column has in the landing, the headings it may have
 * @param pages by role, a CSS selector, or a text or part of an address
 */
record Layout(Map<String, List<String>> columns, Map<String, String> pages) {
    /** The setting that names a file of one's own. */
    static final String SETTING = "JANGBU_ABLY_LAYOUT";

    private static final String RESOURCE = "layout.yaml";

    Layout {
        columns = Map.copyOf(columns);
        pages = Map.copyOf(pages);
        if (!columns.keySet().equals(Columns.NAMES)) {
            throw new IllegalArgumentException("columns: " + new TreeSet<>(columns.keySet()) + " (expected: "
                    + new TreeSet<>(Columns.NAMES) + ")");
        }
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when the file is no layout */
    static Layout from(Map<String, String> environment) {
        String file = environment.getOrDefault(SETTING, "");
        try (InputStream in = file.isEmpty()
                ? Objects.requireNonNull(Layout.class.getResourceAsStream(RESOURCE))
                : Files.newInputStream(Path.of(file))) {
            return Objects.requireNonNull(new YAMLMapper().readValue(in, Layout.class));
        } catch (IOException | JacksonException | NullPointerException wrong) {
            throw new JobFailure(
                    ExitCode.USAGE, SETTING + ": " + file + " (expected: YAML with columns and pages)", wrong);
        }
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when the layout does not say */
    String page(String role) {
        String value = pages.get(role);
        if (value == null) {
            throw new JobFailure(ExitCode.USAGE, SETTING + ": pages." + role + ": missing (expected: how it is found)");
        }
        return value;
    }
}
