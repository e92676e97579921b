package dev.jangbu.load.erase;

import dev.jangbu.kit.workspace.Workspace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks through every row of every table but what is held. */
final class DatabaseSearch {
    /** Tables whose rows of a day are rewritten with the day; those of merged datasets have no such day. */
    private static final String OF_DAYS = """
            SELECT 'raw.' || table_name FROM ops.dataset WHERE load_method = 'replace_day'
            UNION ALL
            SELECT 'mart.' || m.mart FROM ops.mart AS m JOIN ops.dataset AS d ON m.dataset = d.dataset
            WHERE d.load_method = 'replace_day'
            UNION ALL
            SELECT 'ops.rejected_record'""";

    /** Of a table that a killed load left. */
    private static final Pattern UNATTACHED = Pattern.compile("_\\d{8}_t\\d+$");

    /** What a customer is called in the tables of orders. */
    private static final Pattern CUSTOMER_KEY = Pattern.compile("[0-9a-f]{64}");

    private static final String DATASET = "events";
    private static final String SAID = "SELECT ops.redact_subject(?, ?, ?)";
    private static final String REJECTED_OF_WINDOWS = "SELECT ops.redact_windows(?, ?, ?)";
    private static final String SAID_OF_SALES = "SELECT ops.redact_card_sales(?, ?, ?)";

    private final Connection connection;
    private final Subject subject;

    DatabaseSearch(Connection connection, Subject subject) {
        this.connection = connection;
        this.subject = subject;
    }

    Survey addTo(Survey survey) throws SQLException {
        Set<String> ofDays = ofDays();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT place, business_date, row_count FROM ops.find_subject(?, ?)")) {
            statement.setString(1, subject.id());
            statement.setString(2, subject.patternText());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String place = row.getString(1);
                    add(
                            survey,
                            ofDays.contains(UNATTACHED.matcher(place).replaceFirst("")),
                            place,
                            row.getObject(2, LocalDate.class),
                            row.getLong(3));
                }
            }
        }
        return survey;
    }

    private Set<String> ofDays() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_DAYS);
                ResultSet row = statement.executeQuery()) {
            Set<String> places = new HashSet<>();
            while (row.next()) {
                places.add(row.getString(1));
            }
            return places;
        }
    }

    private static void add(Survey survey, boolean isOfDay, String place, LocalDate day, long rows) {
        if (isOfDay) {
            survey.of(DATASET, Workspace.WHOLE_DAY, day).published().merge(place, rows, Long::sum);
        } else {
            survey.said().merge(place, rows, Long::sum);
        }
    }

    /** Puts a substitute in the place of the id in what runs and sales say; a customer's key is taken off their orders. */
    long redact() throws SQLException {
        return forgetCustomer() + redact(SAID) + redact(REJECTED_OF_WINDOWS) + redact(SAID_OF_SALES);
    }

    private long forgetCustomer() throws SQLException {
        if (!CUSTOMER_KEY.matcher(subject.id()).matches()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT ops.forget_customer(?)")) {
            statement.setString(1, subject.id());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private long redact(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
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
