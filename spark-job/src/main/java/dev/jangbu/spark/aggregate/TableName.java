package dev.jangbu.spark.aggregate;

import java.util.List;
import java.util.Locale;

/** How a table's folders and files are called: {@code <table>/part-00000.parquet}, {@code <table>.csv/part-00000.csv}. */
final class TableName {
    static final String CSV = ".csv";

    private static final String PARQUET = ".parquet";
    private static final String PART = "part-";

    private TableName() {}

    /** Where the two forms of a table go. */
    static List<String> folders(String table) {
        return List.of(table, table + CSV);
    }

    /** Whether Spark gave a file this name for rows that go to that folder. */
    static boolean isPart(String file, String folder) {
        return file.startsWith(PART) && file.endsWith(CSV) == folder.endsWith(CSV);
    }

    static String part(String folder, int number) {
        return PART + String.format(Locale.ROOT, "%05d", number) + (folder.endsWith(CSV) ? CSV : PARQUET);
    }
}
