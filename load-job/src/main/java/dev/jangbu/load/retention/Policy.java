package dev.jangbu.load.retention;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What is kept how long, by place, and which records a law wants kept beyond that. Read strictly: what is not understood
 * is refused by its place, its value and what was expected.
 */
public record Policy(List<Place> places, List<Hold> holds) {
    /** Days of {@code lake.events}. */
    public static final String LAKE = "lake";
    /** What {@code lake.events} was before, by when it became something else. */
    public static final String LAKE_STATES = "lake-states";

    private static final String PACKAGED = "/retention.yml";
    private static final Pattern PLACE = Pattern.compile(
            "landing|clean|rejects|corrections|runs|reports|aggregates|lake|lake-states|raw\\.(raw_[a-z_]+|sales_order|refund|web_daily|card_sale)|mart\\.mart_[a-z_]+"
                    + "|ops\\.(rejected_record|quality_check_log|replay_log|pipeline_run_log|touched_day|anomaly_seen)");
    private static final Pattern RECORDS = Pattern.compile("[a-z][a-z_]{0,62}");
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /**
     * One place and its period.
     *
     * @param name a table with its schema, or an area of the workspace
     * @param basis the law, or the house's own rule
     */
    public record Place(String name, Keep keep, String basis) {
        /** Whether it is a table; else it is an area of the workspace. */
        boolean isTable() {
            return name.indexOf('.') >= 0;
        }

        /** Whether spark-job removes it: rows of the lake, and its former states. */
        public boolean isOfSpark() {
            return name.equals(LAKE) || name.equals(LAKE_STATES);
        }
    }

    /**
     * Records that are moved apart before they are removed.
     *
     * @param records the event type
     */
    public record Hold(String records, Keep keep, String basis) {}

    public Optional<Place> place(String name) {
        return places.stream().filter(place -> place.name().equals(name)).findFirst();
    }

    public Policy {
        places = List.copyOf(places);
        holds = List.copyOf(holds);
    }

    /**
     * @param file null for the packaged policy
     * @throws JobFailure with {@link ExitCode#USAGE} when there is no such file, or it is no policy
     */
    public static Policy read(@Nullable Path file) {
        String name = file == null ? "the packaged retention.yml" : file.toString();
        if (file != null && !Files.isRegularFile(file)) {
            throw new JobFailure(
                    ExitCode.USAGE, "--policy: " + name + " (expected: a YAML file such as retention.yml)");
        }
        try (InputStream bytes = file == null
                ? Objects.requireNonNull(Policy.class.getResourceAsStream(PACKAGED))
                : Files.newInputStream(file)) {
            return of(YAML.readTree(bytes));
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", Path.of(name), failure);
        } catch (JacksonException notYaml) {
            String first = notYaml.getOriginalMessage().lines().findFirst().orElse("");
            throw new JobFailure(ExitCode.USAGE, "--policy: " + name + ": " + first, notYaml);
        } catch (IllegalArgumentException wrong) {
            throw new JobFailure(ExitCode.USAGE, "--policy: " + name + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Policy of(JsonNode file) {
        requireKeys("file", file, Set.of("places", "holds"));
        List<Place> places = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int number = 0;
        for (JsonNode node : file.path("places")) {
            String at = "places[" + ++number + "]";
            requireKeys(at, node, Set.of("place", "keep", "basis", "action"));
            String name = text(at + ".place", node.path("place"), PLACE, "a place such as raw.raw_events or landing");
            text(at + ".action", node.path("action"), Pattern.compile("drop"), "drop");
            if (!seen.add(name)) {
                throw new IllegalArgumentException(at + ".place: " + name + " (expected: each place once)");
            }
            places.add(new Place(name, keep(at, node), basis(at, node)));
        }
        List<Hold> holds = new ArrayList<>();
        number = 0;
        for (JsonNode node : file.path("holds")) {
            String at = "holds[" + ++number + "]";
            requireKeys(at, node, Set.of("records", "keep", "basis"));
            String records = text(at + ".records", node.path("records"), RECORDS, "an event type such as purchase");
            if (!seen.add(records)) {
                throw new IllegalArgumentException(at + ".records: " + records + " (expected: each kind once)");
            }
            holds.add(new Hold(records, keep(at, node), basis(at, node)));
        }
        return new Policy(places, holds);
    }

    private static Keep keep(String at, JsonNode node) {
        return Keep.parse(at + ".keep", node.path("keep").asString(""));
    }

    private static String basis(String at, JsonNode node) {
        return text(at + ".basis", node.path("basis"), Pattern.compile(".{1,500}"), "why, in one line");
    }

    private static String text(String at, JsonNode node, Pattern form, String expected) {
        String value = node.isString() ? node.stringValue() : "";
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    at + ": " + (value.isEmpty() ? "none" : value) + " (expected: " + expected + ")");
        }
        return value;
    }

    private static void requireKeys(String at, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(
                    at + ": no object (expected: the keys " + String.join(", ", known) + ")");
        }
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(at + "." + key + ": unknown (expected: one of " + known + ")");
            }
        }
    }
}
