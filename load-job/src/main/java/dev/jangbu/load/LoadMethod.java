package dev.jangbu.load;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** How a dataset is loaded, as {@code ops.dataset} says. */
enum LoadMethod {
    /** A day as a whole. */
    REPLACE_DAY,
    /** By key, over a window of time. */
    MERGE_WINDOW;

    /** @throws JobFailure with {@link ExitCode#USAGE} when the database knows no such dataset */
    static LoadMethod of(Database database, String dataset) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT load_method FROM ops.dataset WHERE dataset = ?")) {
            statement.setString(1, dataset);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new JobFailure(ExitCode.USAGE, "dataset: " + dataset + " (expected: a row of ops.dataset)");
                }
                return valueOf(row.getString(1).toUpperCase(Locale.ROOT));
            }
        }
    }
}
