package dev.jangbu.extract.mapping;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.jangbu.extract.mapping.Mapping.FileFormat;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads a CSV file (RFC 4180; CRLF, BOM, blank lines allowed) and hands each row on. */
final class CsvRows {
    private final FileFormat.Csv format;
    private final Mapping mapping;

    CsvRows(FileFormat.Csv format, Mapping mapping) {
        this.format = format;
        this.mapping = mapping;
    }

    /** @throws JobFailure when the file has not the columns of the mapping, or a quote never ends */
    void read(InputStream file, String name, RowTaker taker) throws IOException {
        InputStreamReader text = new InputStreamReader(file, format.encoding());
        try (CsvReader<CsvRecord> records = reader().ofCsvRecord(text)) {
            give(records.iterator(), name, taker);
        } catch (CsvParseException broken) {
            throw new JobFailure(
                    ExitCode.FAILED, name + ": " + broken.getMessage() + " (expected: CSV as in RFC 4180)", broken);
        }
    }

    private CsvReader.CsvReaderBuilder reader() {
        return CsvReader.builder()
                .fieldSeparator(format.delimiter())
                .skipEmptyLines(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false);
    }

    private void give(Iterator<CsvRecord> records, String name, RowTaker taker) {
        if (!records.hasNext()) {
            return;
        }
        Map<String, Integer> positions =
                positions(format.columns().isEmpty() ? header(records.next(), name) : format.columns());
        while (records.hasNext()) {
            CsvRecord csv = records.next();
            RowPlace place = new RowPlace(name, csv.getStartingLineNumber());
            List<String> fields = csv.getFields();
            if (fields.size() == positions.size()) {
                taker.row(new CsvRow(positions, fields), place);
            } else {
                taker.broken(fields, place, "columns: " + fields.size() + " (expected: " + positions.size() + ")");
            }
        }
    }

    private List<String> header(CsvRecord first, String name) {
        List<String> header = names(first.getFields(), name);
        for (Column column : mapping.columns()) {
            if (column.names().stream().noneMatch(header::contains)) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        name + ": columns: " + String.join(", ", header) + " (expected: " + column + ", as mapping "
                                + mapping.name() + " reads it)");
            }
        }
        return header;
    }

    /** Names without blanks around them; one that is taken so keeps its own. Only what is read has to be there once. */
    private List<String> names(List<String> first, String file) {
        List<String> names = new ArrayList<>();
        for (String given : first) {
            String name = names.contains(given.strip()) ? given : given.strip();
            if (names.contains(name)) {
                requireUnread(name, first, file);
                name = given + "#" + names.size();
            }
            names.add(name);
        }
        return names;
    }

    private void requireUnread(String name, List<String> header, String file) {
        if (mapping.columns().stream().anyMatch(column -> column.names().contains(name))) {
            throw new JobFailure(ExitCode.USAGE, file + ": columns: " + header + " (expected: each name once)");
        }
    }

    private static Map<String, Integer> positions(List<String> columns) {
        Map<String, Integer> positions = new HashMap<>();
        columns.forEach(column -> positions.put(column, positions.size()));
        return positions;
    }
}
