package dev.jangbu.spark.mart;

import dev.jangbu.mart.definition.Column;
import dev.jangbu.mart.definition.Mart;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Hands rows of Spark's to a mart's table, one after the other: memory does not grow with them. */
final class RowCopy {
    private RowCopy() {}

    /**
     * Returns how many rows were copied.
     *
     * @param rows with the mart's columns in their order
     */
    static long copy(Connection transaction, Mart mart, Iterator<Row> rows) throws SQLException {
        CopyIn copy = transaction.unwrap(PGConnection.class).getCopyAPI().copyIn(mart.copySql());
        try {
            while (rows.hasNext()) {
                byte[] line = line(rows.next(), mart.columns());
                copy.writeToCopy(line, 0, line.length);
            }
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static byte[] line(Row row, List<Column> columns) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < columns.size(); column++) {
            line.append(column == 0 ? "" : ",");
            Object value = row.get(column);
            if (value != null) {
                String text = ColumnText.of(value, columns.get(column));
                line.append('"').append(text.replace("\"", "\"\"")).append('"');
            }
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
