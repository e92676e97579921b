package dev.jangbu.extract.mapping;

import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.mapping.Mapping.FileFormat;
import dev.jangbu.extract.source.Window;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Reads files by one mapping into one window's landing. */
public final class MappedFiles {
    private final Mapping mapping;
    private final MappedDay day;

    public MappedFiles(Mapping mapping, Window window, LandingWriter landing) {
        this.mapping = mapping;
        this.day = new MappedDay(mapping, window, landing, Groups.Limits.standard());
    }

    /**
     * @param file unpacked, without byte order mark
     * @param name without its folder: it stands in lines that could not be mapped, and the same data is the same bytes
     */
    public void read(InputStream file, String name) throws IOException {
        if (mapping.format() instanceof FileFormat.Csv csv) {
            new CsvRows(csv, mapping).read(file, name, day);
        } else {
            new JsonLineRows().read(file, name, day);
        }
    }

    /** Lands what was still open, and tells what became of all rows: {@code rows_read}, {@code other_days}, … */
    public Map<String, Long> end() {
        return day.end();
    }
}
