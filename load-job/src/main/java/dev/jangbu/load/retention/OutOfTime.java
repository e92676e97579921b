package dev.jangbu.load.retention;

import dev.jangbu.kit.workspace.Workspace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is older than its period, by day. Only looks.
 *
 * @param asOf periods are counted back from it
 */
record OutOfTime(Policy policy, LocalDate asOf) {
    /** The places of each day, in the order of the policy. */
    SortedMap<LocalDate, List<Policy.Place>> days(Connection connection, Workspace workspace, String dataset)
            throws SQLException {
        SortedMap<LocalDate, List<Policy.Place>> days = new TreeMap<>();
        for (Policy.Place place : policy.places()) {
            if (place.isOfSpark()) {
                continue;
            }
            LocalDate firstKept = place.keep().firstKept(asOf);
            List<LocalDate> old = place.isTable()
                    ? tableDays(connection, place.name(), dataset, firstKept)
                    : new AreaFiles(workspace, place.name(), dataset).daysBefore(firstKept);
            old.forEach(
                    day -> days.computeIfAbsent(day, none -> new ArrayList<>()).add(place));
        }
        return days;
    }

    private static List<LocalDate> tableDays(Connection connection, String place, String dataset, LocalDate before)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT d FROM ops.days_out_of_time(?, ?, ?) AS d ORDER BY d")) {
            statement.setString(1, place);
            statement.setString(2, dataset);
            statement.setObject(3, before);
            try (ResultSet row = statement.executeQuery()) {
                List<LocalDate> days = new ArrayList<>();
                while (row.next()) {
                    days.add(row.getObject(1, LocalDate.class));
                }
                return days;
            }
        }
    }
}
