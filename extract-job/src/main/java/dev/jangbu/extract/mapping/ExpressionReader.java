package dev.jangbu.extract.mapping;

import dev.jangbu.extract.mapping.Mapping.FileFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads how a field gets its value: a column's name, or one of the kinds of expression with its own keys. */
final class ExpressionReader {
    private static final List<String> KINDS =
            List.of("column", "constant", "template", "uuid", "sum", "object", "lines", "each");
    private static final String ALL_COLUMNS = "*";

    private final String mapping;
    private final ColumnReader columns;

    ExpressionReader(String mapping, ColumnReader columns) {
        this.mapping = mapping;
        this.columns = columns;
    }

    /** @param field its path in the record: ids of different fields differ */
    Expression read(String field, Section section) {
        if (!section.node().isObject()) {
            return new Expression.OfColumn(columns.column(section), plain());
        }
        List<String> given = KINDS.stream().filter(section::has).toList();
        if (given.size() != 1) {
            throw section.wrong(
                    given.isEmpty() ? section.node().propertyNames().toString() : given.toString(),
                    "a column's name, or one of " + String.join(", ", KINDS));
        }
        return switch (given.get(0)) {
            case "column" -> ofColumn(section);
            case "constant" -> constant(section.requireKeys("constant", "when"));
            case "template" -> template(section.requireKeys("template", "when"));
            case "uuid" -> derivedId(field, section.requireKeys("uuid", "when"));
            case "sum" ->
                new Expression.Sum(
                        columns.columns(section.requireKeys("sum", "when").at("sum")));
            case "object" -> nested(field, section.requireKeys("object", "when").at("object"));
            case "lines" ->
                new Expression.Lines(
                        nested(field, section.requireKeys("lines", "when").at("lines")));
            default -> each(field, section.requireKeys("each", "of", "when"));
        };
    }

    private Expression ofColumn(Section section) {
        section.requireKeys("column", "match", "values", "otherwise", "as", "default", "optional", "when");
        boolean hasOther = section.has("otherwise");
        if (hasOther && !section.has("values")) {
            throw section.at("otherwise").wrong("given", "values beside it");
        }
        return new Expression.OfColumn(
                isOptional(section) ? columns.optional(section.at("column")) : columns.column(section.at("column")),
                new Reading(
                        section.has("match") ? match(section.at("match")) : null,
                        section.has("values") ? values(section.at("values")) : Map.of(),
                        !hasOther,
                        hasOther ? section.at("otherwise").scalar() : null,
                        section.has("as") ? kind(section.at("as")) : Kind.TEXT,
                        section.has("default") ? section.at("default").scalar() : null));
    }

    private static boolean isOptional(Section section) {
        return section.has("optional")
                && Boolean.TRUE.equals(section.at("optional").scalar());
    }

    private static Expression constant(Section section) {
        Object constant = section.at("constant").scalar();
        if (constant == null) {
            throw section.at("constant").wrong("null", "a value; a field that is left out is absent");
        }
        return new Expression.Constant(constant);
    }

    private Expression template(Section section) {
        Section template = section.at("template");
        Matcher place = Expression.Template.PLACE.matcher(template.text());
        boolean any = false;
        while (place.find()) {
            columns.named(place.group(1), template);
            any = true;
        }
        if (!any) {
            throw template.wrong(template.text(), "text with a column in braces");
        }
        return new Expression.Template(template.text());
    }

    private Expression derivedId(String field, Section section) {
        Section uuid = section.at("uuid");
        boolean whole = uuid.texts().equals(List.of(ALL_COLUMNS));
        return new Expression.DerivedId(new RowIds(mapping, field), whole ? List.of() : columns.columns(uuid));
    }

    private Expression.Nested nested(String field, Section section) {
        Map<String, Expression> members = new LinkedHashMap<>();
        section.members().forEach((name, below) -> {
            if (below.node().isObject() && below.has("when")) {
                throw below.at("when").wrong("given", "only on a field of the record itself");
            }
            members.put(name, read(field + "." + name, below));
        });
        return new Expression.Nested(members);
    }

    private Expression each(String field, Section section) {
        if (columns.format() instanceof FileFormat.Csv) {
            throw section.at("each").wrong("given", "format: jsonl");
        }
        String list = section.at("each").text();
        columns.require(list, section.at("each"));
        return new Expression.Each(list, nested(field, section.at("of")));
    }

    private static Map<String, Object> values(Section section) {
        Map<String, Object> values = new LinkedHashMap<>();
        section.members().forEach((from, to) -> {
            Object value = to.scalar();
            if (value == null) {
                throw to.wrong("null", "a value; `otherwise: null` leaves the rest out");
            }
            values.put(from, value);
        });
        return values;
    }

    private static Pattern match(Section section) {
        try {
            Pattern pattern = Pattern.compile(section.text());
            if (pattern.matcher("").groupCount() != 1) {
                throw section.wrong(section.text(), "a pattern with one group");
            }
            return pattern;
        } catch (PatternSyntaxException notAPattern) {
            throw section.wrong(section.text(), "a regular expression with one group");
        }
    }

    private static Kind kind(Section section) {
        List<String> words = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(section.text().toLowerCase(Locale.ROOT))) {
                return kind;
            }
            words.add(kind.word());
        }
        throw section.wrong(section.text(), String.join(", ", words));
    }

    private static Reading plain() {
        return new Reading(null, Map.of(), true, null, Kind.TEXT, null);
    }
}
