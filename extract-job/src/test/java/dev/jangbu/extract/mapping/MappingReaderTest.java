package dev.jangbu.extract.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class MappingReaderTest {
    private static final String RIGHT = """
            name: shop
            profile: default
            description: a shop
            format: csv
            csv: {delimiter: ";", encoding: MS949}
            time: {column: at, format: uuuu-MM-dd HH:mm, zone: UTC, field: sold_at}
            skip: {kind: [test]}
            group_by: {columns: [order], accept: [{column: price, min: 1}]}
            fields:
              id: {uuid: [order, line]}
              kind: {column: kind, match: "x(.*)", values: {a: b}, otherwise: null, default: c, as: text}
              total: {sum: [price], when: {kind: b}}
            """;

    static final java.util.List<String> PACKAGED = Mappings.PACKAGED;

    @TempDir
    Path folder;

    @Test
    void everyKeyIsRead() {
        Mapping mapping = Mappings.parse("shop.yaml", RIGHT.getBytes(UTF_8));

        assertThat(mapping.name()).isEqualTo("shop");
        assertThat(mapping.profile()).isEqualTo("default");
        assertThat(mapping.format()).hasToString("Csv[delimiter=;, encoding=x-windows-949, columns=[]]");
        assertThat(mapping.time().field()).isEqualTo("sold_at");
        assertThat(mapping.skip()).hasToString("[Skip[column=kind, texts=[test]]]");
        assertThat(mapping.grouping())
                .hasToString("Grouping[columns=[order], accept=[Condition[column=price, min=1]]]");
        assertThat(mapping.fields()).containsOnlyKeys("id", "kind", "total");
        assertThat(mapping.columns())
                .extracting(Column::toString)
                .containsExactlyInAnyOrder("at", "kind", "order", "price", "line");
    }

    @ParameterizedTest
    @FieldSource("PACKAGED")
    void packagedMappingsAreRightAndNamedAsTheirFiles(String name) {
        assertThat(Mappings.find(name).name()).isEqualTo(name);
        assertThat(Mappings.find(name).profile()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: shop | nam: shop | nam: unknown key (expected: name, profile, description, format, csv, time, skip, group_by, fields)",
                "name: shop | name: The Shop | name: The Shop (expected: lower-case letters, digits and dashes)",
                "name: shop | | name: missing",
                "profile: default | profile: [] | profile: [] (expected: a text)",
                "format: csv | format: xml | format: xml (expected: csv or jsonl)",
                "format: csv | format: jsonl | csv: given (expected: format: csv)",
                "delimiter: \";\" | delimiter: '::' | csv.delimiter: :: (expected: one character)",
                "delimiter: \";\" | delimitr: ';' | csv.delimitr: unknown key (expected: delimiter, encoding, columns)",
                "encoding: MS949 | encoding: Hangul | csv.encoding: Hangul (expected: an encoding such as UTF-8 or MS949)",
                "encoding: MS949 | columns: [at] | skip.kind: kind (expected: one of csv.columns: at)",
                "column: at, | colum: at, | time.colum: unknown key (expected: column, format, zone, field)",
                "column: at, | | time.column: missing",
                "uuuu-MM-dd HH:mm | yyyy-MM-dd | time.format: yyyy-MM-dd (expected: iso, epoch_seconds, epoch_millis, epoch_micros, or a pattern such as uuuu-MM-dd HH:mm:ss)",
                "uuuu-MM-dd HH:mm | uuuu-MM-dd ff | time.format: uuuu-MM-dd ff (expected: a pattern such as uuuu-MM-dd HH:mm:ss: Unknown pattern letter: f)",
                "zone: UTC | zone: Seoul | time.zone: Seoul (expected: business, or a zone such as UTC or Europe/London)",
                "kind: [test] | kind: [[]] | skip.kind[0]",
                "columns: [order] | column: order | group_by.column: unknown key (expected: columns, accept)",
                "min: 1 | min: one | group_by.accept[0].min: one (expected: a number)",
                "min: 1 | max: 1 | group_by.accept[0].max: unknown key (expected: column, min)",
                "id: {uuid: [order, line]} | id: {uid: order} | fields.id: [uid] (expected: a column's name, or one of column, constant, template, uuid, sum, object, lines, each)",
                "id: {uuid: [order, line]} | id: {uuid: order, sum: order} | fields.id: [uuid, sum] (expected: a column's name, or one of column, constant, template, uuid, sum, object, lines, each)",
                "id: {uuid: [order, line]} | id: {uuid: order, as: text} | fields.id.as: unknown key (expected: uuid, when)",
                "id: {uuid: [order, line]} | id: {constant: null} | fields.id.constant: null (expected: a value; a field that is left out is absent)",
                "id: {uuid: [order, line]} | id: {constant: [1]} | fields.id.constant: [1] (expected: a text, a number, true or false)",
                "id: {uuid: [order, line]} | id: {template: order} | fields.id.template: order (expected: text with a column in braces)",
                "id: {uuid: [order, line]} | id: {each: items, of: {a: b}} | fields.id.each: given (expected: format: jsonl)",
                "id: {uuid: [order, line]} | id: {object: {}} | fields.id.object: {} (expected: keys with values)",
                "id: {uuid: [order, line]} | id: {object: {a: {column: b, when: {c: d}}}} | fields.id.a.when",
                "id: {uuid: [order, line]} | sold_at: at | fields.sold_at: given (expected: nothing: time gives this field)",
                "id: {uuid: [order, line]} | id: '' | fields.id:  (expected: a text)",
                "match: \"x(.*)\" | match: \"x(\" | fields.kind.match: x( (expected: a regular expression with one group)",
                "match: \"x(.*)\" | match: \"x\" | fields.kind.match: x (expected: a pattern with one group)",
                "values: {a: b}, otherwise | otherwise | fields.kind.otherwise: given (expected: values beside it)",
                "values: {a: b} | values: {a: null} | fields.kind.values.a: null (expected: a value; `otherwise: null` leaves the rest out)",
                "as: text | as: money | fields.kind.as: money (expected: text, number, integer)",
                "when: {kind: b} | when: {total: b} | fields.total.when.total: given (expected: a field above this one: id, kind)",
                "description: a shop | name: twice | Duplicate",
                "description: a shop | description: [a | ",
            })
    void whatIsWrongIsToldByFileAndKey(String from, String to, String problem) {
        assertThat(RIGHT).contains(from);
        String wrong = RIGHT.replace(from, to == null ? "" : to);
        String expected =
                "mapping shop.yaml: " + (problem == null ? "" : problem.replaceAll("\\.a\\.when$|\\[0]$", ""));

        assertThatThrownBy(() -> Mappings.parse("shop.yaml", wrong.getBytes(UTF_8)))
                .isInstanceOfSatisfying(JobFailure.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(failure.getMessage()).startsWith(expected).doesNotContain("\n");
                });
    }

    @Test
    void aFileIsFoundByItsPath() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.yaml"), RIGHT);

        assertThat(Mappings.find(file.toString()).name()).isEqualTo("shop");
    }

    @Test
    void anUnknownNameIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> Mappings.find("rees47"))
                .hasMessage(
                        "--mapping: rees47 (expected: ga4, online-retail, purchase-cards, rees46, retailrocket, or the path of a file)");
    }

    @Test
    void pathsIntoJsonAreHeldToTheirForm() {
        String json = RIGHT.replace("format: csv", "format: jsonl")
                .replaceAll("(?m)^csv:.*\n", "")
                .replace("kind: {column: kind", "kind: {column: 'a[0'");

        assertThatThrownBy(() -> Mappings.parse("shop.yaml", json.getBytes(UTF_8)))
                .hasMessage("mapping shop.yaml: fields.kind.column: a[0 (expected: a path such as device.category,"
                        + " items[0].item_id or event_params[page])");
    }
}
