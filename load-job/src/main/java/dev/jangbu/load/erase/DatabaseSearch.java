package dev.jangbu.load.erase;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** Looks through every row of every table but what is held. */
final class DatabaseSearch {
    /** Tables whose rows of a day are rewritten with the day. */
    private static final Pattern OF_DAYS = Pattern.compile("raw\\.raw_.*|mart\\..*|ops\\.rejected_record");

    private static final String DATASET = "events";

    private final Connection connection;
    private final Subject subject;

    DatabaseSearch(Connection connection, Subject subject) {
        this.connection = connection;
        this.subject = subject;
    }

    Survey addTo(Survey survey) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT place, business_date, row_count FROM ops.find_subject(?, ?)")) {
            statement.setString(1, subject.id());
            statement.setString(2, subject.patternText());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    add(survey, row.getString(1), row.getObject(2, LocalDate.class), row.getLong(3));
                }
            }
        }
        return survey;
    }

    private static void add(Survey survey, String place, LocalDate day, long rows) {
        if (OF_DAYS.matcher(place).matches()) {
            survey.of(DATASET, day).published().merge(place, rows, Long::sum);
        } else {
            survey.said().merge(place, rows, Long::sum);
        }
    }

    /** Puts a substitute in the place of the id in what runs said. */
    long redact() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT ops.redact_subject(?, ?, ?)")) {
            statement.setString(1, subject.id());
            statement.setString(2, subject.patternText());
            statement.setString(3, subject.substitute());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
