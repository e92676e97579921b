package dev.jangbu.spark.aggregate;

import java.util.Locale;

/** How a table's folders and files are called: {@code <table>/part-00000.parquet}, {@code <table>.csv/part-00000.csv}. */
final class TableName {
    static final String CSV = ".csv";

    private static final String PARQUET = ".parquet";
    private static final String PART = "part-";

    private TableName() {}

    /** Whether Spark gave a file this name for the rows in it. */
    static boolean isPart(String file) {
        return file.startsWith(PART);
    }

    static String part(String folder, int number) {
        return PART + String.format(Locale.ROOT, "%05d", number) + (folder.endsWith(CSV) ? CSV : PARQUET);
    }
}
