package dev.jangbu.extract.onlineretail;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.jangbu.extract.files.InputFiles;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the files' rows: CSV with the columns of UCI Online Retail, plain or gzip, a file or a folder of them. */
final class InvoiceFiles {
    private static final List<String> COLUMNS = List.of(
            "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    /** Spreadsheets write a number of a customer as 17850.0. */
    private static final Pattern CUSTOMER_FRACTION = Pattern.compile("\\.0+$");

    private final Path input;

    InvoiceFiles(Path input) {
        this.input = input;
    }

    /** @throws JobFailure when there is no file, or one is no such CSV */
    List<InvoiceLine> read() {
        List<InvoiceLine> lines = new ArrayList<>();
        Map<String, Integer> lengths = new HashMap<>();
        for (Path file : InputFiles.of(input).files()) {
            try (InputStream content = InputFiles.withoutMark(InputFiles.open(file));
                    CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                            .allowUnclosedQuote(false)
                            .ofNamedCsvRecord(new InputStreamReader(content, StandardCharsets.UTF_8))) {
                boolean isFirst = true;
                for (NamedCsvRecord row : rows) {
                    if (isFirst) {
                        requireColumns(file, row.getHeader());
                        isFirst = false;
                    }
                    lines.add(line(row, lengths));
                }
            } catch (CsvParseException broken) {
                throw new JobFailure(
                        ExitCode.FAILED, file + ": " + broken.getMessage() + " (expected: CSV as in RFC 4180)", broken);
            } catch (IOException failure) {
                throw StorageFailure.of("cannot read", file, failure);
            }
        }
        return lines;
    }

    private static void requireColumns(Path file, List<String> header) {
        if (!header.containsAll(COLUMNS)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    file + ": columns: " + String.join(", ", header) + " (expected: " + String.join(", ", COLUMNS)
                            + ")");
        }
    }

    private static InvoiceLine line(NamedCsvRecord row, Map<String, Integer> lengths) {
        String invoice = row.getField("InvoiceNo").strip();
        String date = row.getField("InvoiceDate").strip();
        return new InvoiceLine(
                invoice,
                lengths.merge(invoice, 1, Integer::sum),
                row.getField("StockCode").strip(),
                row.getField("Description").strip(),
                row.getField("Quantity").strip(),
                date,
                time(date),
                row.getField("UnitPrice").strip(),
                CUSTOMER_FRACTION.matcher(row.getField("CustomerID").strip()).replaceFirst(""),
                row.getField("Country").strip());
    }

    private static @Nullable LocalDateTime time(String date) {
        try {
            return LocalDateTime.parse(date, TIME);
        } catch (DateTimeParseException none) {
            return null;
        }
    }
}
