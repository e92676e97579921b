package dev.jangbu.extract.window;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/** How far a slice is loaded. load-job moves it, with what it loads. */
final class Watermark {
    private Watermark() {}

    /** Empty before the first load. */
    static Optional<Instant> read(DataSource database, String dataset, String slice) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT position FROM ops.watermark WHERE dataset = ? AND slice = ?")) {
            select.setString(1, dataset);
            select.setString(2, slice);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
                        : Optional.empty();
            }
        }
    }
}
