package dev.jangbu.extract.mapping;

import dev.jangbu.extract.mapping.Mapping.Field;
import dev.jangbu.extract.mapping.Mapping.FileFormat;
import dev.jangbu.extract.mapping.Mapping.Skip;
import dev.jangbu.extract.mapping.TimeColumn.TimeFormat;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a mapping file from its top; the order of the methods is the order of the file's keys. */
final class MappingReader {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
    private static final String BUSINESS = "business";

    private final Section root;
    private final String name;
    private final ColumnReader columns;

    MappingReader(Section root) {
        this.root = root.requireKeys(
                "name", "profile", "description", "format", "csv", "time", "skip", "group_by", "fields");
        this.name = name("name");
        this.columns = new ColumnReader(format());
    }

    Mapping read() {
        TimeColumn time = time(root.at("time"));
        List<Skip> skip = root.has("skip") ? skip(root.at("skip")) : List.of();
        Grouping grouping = root.has("group_by") ? grouping(root.at("group_by")) : null;
        Map<String, Field> fields = fields(root.at("fields"), time.field());
        return new Mapping(name, name("profile"), columns.format(), columns.used(), time, skip, grouping, fields);
    }

    private String name(String key) {
        Section section = root.at(key);
        String text = section.text();
        if (!text.matches(NAME)) {
            throw section.wrong(text, "lower-case letters, digits and dashes");
        }
        return text;
    }

    private FileFormat format() {
        Section section = root.at("format");
        return switch (section.text()) {
            case "csv" -> csv();
            case "jsonl" -> jsonLines();
            default -> throw section.wrong(section.text(), "csv or jsonl");
        };
    }

    private FileFormat jsonLines() {
        if (root.has("csv")) {
            throw root.at("csv").wrong("given", "format: csv");
        }
        return new FileFormat.JsonLines();
    }

    private FileFormat csv() {
        if (!root.has("csv")) {
            return new FileFormat.Csv(',', StandardCharsets.UTF_8, List.of());
        }
        Section csv = root.at("csv").requireKeys("delimiter", "encoding", "columns");
        return new FileFormat.Csv(
                csv.has("delimiter") ? delimiter(csv.at("delimiter")) : ',',
                csv.has("encoding") ? encoding(csv.at("encoding")) : StandardCharsets.UTF_8,
                csv.has("columns") ? csv.at("columns").texts() : List.of());
    }

    private static char delimiter(Section section) {
        String text = section.text();
        if (text.length() != 1 || "\"\r\n".contains(text)) {
            throw section.wrong(text, "one character");
        }
        return text.charAt(0);
    }

    private static Charset encoding(Section section) {
        try {
            return Charset.forName(section.text());
        } catch (IllegalArgumentException unknown) {
            throw section.wrong(section.text(), "an encoding such as UTF-8 or MS949");
        }
    }

    private TimeColumn time(Section section) {
        section.requireKeys("column", "format", "zone", "field");
        return new TimeColumn(
                columns.column(section.at("column")),
                timeFormat(section.at("format")),
                section.has("zone") ? zone(section.at("zone")) : null,
                section.has("field") ? section.at("field").text() : "timestamp");
    }

    private static TimeFormat timeFormat(Section section) {
        String text = section.text();
        return switch (text) {
            case "iso" -> new TimeFormat.Pattern("a time such as 2026-01-15T09:30:00+09:00", isoTime());
            case "epoch_seconds" -> new TimeFormat.Epoch("seconds since 1970", 1);
            case "epoch_millis" -> new TimeFormat.Epoch("milliseconds since 1970", 1_000);
            case "epoch_micros" -> new TimeFormat.Epoch("microseconds since 1970", 1_000_000);
            default -> new TimeFormat.Pattern(text, pattern(section, text));
        };
    }

    private static DateTimeFormatter isoTime() {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendPattern("['T'][' ']")
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .optionalStart()
                .appendOffset("+HH:MM", "Z")
                .optionalEnd()
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** Strict, so that 30 February is no date; years are therefore {@code u}. */
    private static DateTimeFormatter pattern(Section section, String text) {
        String unquoted = text.replaceAll("'[^']*'", "");
        if (!unquoted.contains("u") || !unquoted.contains("d")) {
            throw section.wrong(
                    text, "iso, epoch_seconds, epoch_millis, epoch_micros, or a pattern such as uuuu-MM-dd HH:mm:ss");
        }
        try {
            return DateTimeFormatter.ofPattern(text, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException notAPattern) {
            throw section.wrong(text, "a pattern such as uuuu-MM-dd HH:mm:ss: " + notAPattern.getMessage());
        }
    }

    /** Null is the business zone. */
    private static @Nullable ZoneId zone(Section section) {
        String text = section.text();
        if (text.equals(BUSINESS)) {
            return null;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw section.wrong(text, BUSINESS + ", or a zone such as UTC or Europe/London");
        }
    }

    private List<Skip> skip(Section section) {
        List<Skip> skips = new ArrayList<>();
        section.members()
                .forEach((column, texts) ->
                        skips.add(new Skip(columns.named(column, texts), Set.copyOf(texts.texts()))));
        return skips;
    }

    private Grouping grouping(Section section) {
        section.requireKeys("columns", "accept");
        List<Grouping.Condition> accept = section.has("accept")
                ? section.at("accept").elements().stream().map(this::condition).toList()
                : List.of();
        return new Grouping(columns.columns(section.at("columns")), accept);
    }

    private Grouping.Condition condition(Section section) {
        section.requireKeys("column", "min");
        return new Grouping.Condition(columns.column(section.at("column")), min(section.at("min")));
    }

    private static BigDecimal min(Section min) {
        BigDecimal number = Kind.number(min.text());
        if (number == null) {
            throw min.wrong(min.text(), "a number");
        }
        return number;
    }

    private Map<String, Field> fields(Section section, String timeField) {
        ExpressionReader expressions = new ExpressionReader(name, columns);
        Map<String, Field> fields = new LinkedHashMap<>();
        section.members().forEach((field, below) -> {
            if (field.equals(timeField)) {
                throw below.wrong("given", "nothing: time gives this field");
            }
            fields.put(field, new Field(expressions.read(field, below), when(below, fields.keySet())));
        });
        return fields;
    }

    private static Map<String, Set<String>> when(Section field, Set<String> before) {
        Map<String, Set<String>> when = new LinkedHashMap<>();
        if (field.node().isObject() && field.has("when")) {
            field.at("when").members().forEach((other, texts) -> {
                if (!before.contains(other)) {
                    throw texts.wrong("given", "a field above this one: " + String.join(", ", before));
                }
                when.put(other, Set.copyOf(texts.texts()));
            });
        }
        return when;
    }
}
