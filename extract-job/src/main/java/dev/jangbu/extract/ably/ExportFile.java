package dev.jangbu.extract.ably;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** A seller's download: a workbook's first sheet, or CSV in UTF-8. Read row by row. */
final class ExportFile {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final double FIRST_DAY_OF_2000 = 36_526;

    private final Path file;

    ExportFile(Path file) {
        this.file = file;
    }

    /** Takes rows as they come, the headings first. */
    interface Rows {
        /** @param line of the file, from 1 */
        void row(List<String> cells, long line);
    }

    void read(Rows rows) {
        try {
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".xlsx")) {
                workbook(rows);
            } else {
                csv(rows);
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        } catch (UncheckedIOException | ExcelReaderException | CsvParseException broken) {
            // Without its message: it may quote a row.
            throw FailureKind.SCHEMA.failure(file + ": no workbook or CSV that can be read to its end");
        }
    }

    private void csv(Rows rows) throws IOException {
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .skipEmptyLines(true)
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(file)) {
            csv.forEach(row -> rows.row(row.getFields(), row.getStartingLineNumber()));
        }
    }

    private void workbook(Rows rows) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ReadableWorkbook workbook = new ReadableWorkbook(in);
                Stream<Row> sheet = workbook.getFirstSheet().openStream()) {
            sheet.forEach(row -> {
                List<String> cells = cells(row);
                if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
                    rows.row(cells, row.getRowNum());
                }
            });
        }
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>();
        for (int place = 0; place < row.getCellCount(); place++) {
            cells.add(row.getOptionalCell(place).map(ExportFile::text).orElse(""));
        }
        return cells;
    }

    /** A workbook keeps times as days since 1900, with nothing beside that says so but how they are shown. */
    private static String text(Cell cell) {
        boolean isTime = cell.getType() == CellType.NUMBER
                && String.valueOf(cell.getDataFormatString())
                        .toLowerCase(Locale.ROOT)
                        .contains("yy")
                && cell.asNumber().doubleValue() > FIRST_DAY_OF_2000;
        if (isTime) {
            LocalDateTime time = cell.asDate();
            return time.format(TIME);
        }
        return cell.getType() == CellType.NUMBER ? cell.asNumber().toPlainString() : cell.getText();
    }
}
