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
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Reads a CSV file (RFC 4180; CRLF, BOM, blank lines allowed) and gives each row to the day. */
final class CsvRows {
    private final FileFormat.Csv format;
    private final Mapping mapping;

    CsvRows(FileFormat.Csv format, Mapping mapping) {
        this.format = format;
        this.mapping = mapping;
    }

    /** @throws JobFailure when the file has not the columns of the mapping, or a quote never ends */
    void read(InputStream file, String name, MappedDay day) throws IOException {
        InputStreamReader text = new InputStreamReader(file, format.encoding());
        try (CsvReader<CsvRecord> records = reader().ofCsvRecord(text)) {
            give(records.iterator(), name, day);
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

    private void give(Iterator<CsvRecord> records, String name, MappedDay day) {
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
                day.row(new CsvRow(positions, fields), place);
            } else {
                day.broken(fields, place, "columns: " + fields.size() + " (expected: " + positions.size() + ")");
            }
        }
    }

    private List<String> header(CsvRecord first, String name) {
        List<String> header = first.getFields().stream().map(String::strip).toList();
        if (header.stream().distinct().count() != header.size()) {
            throw new JobFailure(ExitCode.USAGE, name + ": columns: " + header + " (expected: each name once)");
        }
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

    private static Map<String, Integer> positions(List<String> columns) {
        Map<String, Integer> positions = new HashMap<>();
        columns.forEach(column -> positions.put(column, positions.size()));
        return positions;
    }
}
