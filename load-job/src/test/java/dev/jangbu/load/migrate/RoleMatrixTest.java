package dev.jangbu.load.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What each role may do to each object, proved by trying it, and as {@code docs/roles.md} says it. A migration that gives
 * or takes a right changes that page, where a reviewer sees it.
 */
@ExtendWith(PostgresExtension.class)
class RoleMatrixTest {
    private static final List<String> ROLES = List.of(
            "jangbu_job",
            "jangbu_loader",
            "jangbu_mart",
            "jangbu_analyst",
            "jangbu_search",
            "jangbu_custodian",
            "jangbu_lake");
    private static final List<String> VERBS = List.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE");
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final Path PAGE = Path.of("..", "docs", "roles.md");

    private static final String TABLES = """
            SELECT n.nspname || '.' || c.relname, (SELECT string_agg(quote_ident(a.attname), ',' ORDER BY a.attnum)
                FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                AND a.attgenerated = '' AND a.attidentity <> 'a')
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('raw', 'mart', 'ops', 'batch', 'hold', 'lake') AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
            ORDER BY array_position(ARRAY['raw', 'mart', 'ops', 'batch', 'hold', 'lake'], n.nspname::TEXT), c.relname""";
    private static final String SEQUENCES = """
            SELECT n.nspname || '.' || c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('raw', 'mart', 'ops', 'batch', 'hold', 'lake') AND c.relkind = 'S' ORDER BY 1""";
    private static final String FUNCTIONS = """
            SELECT n.nspname || '.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')' FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
            WHERE n.nspname IN ('raw', 'mart', 'ops', 'batch', 'hold', 'lake') ORDER BY 1""";

    private record Table(String name, List<String> columns) {
        String statement(String verb) {
            return switch (verb) {
                case "SELECT" -> "SELECT 1 FROM " + name + " LIMIT 0";
                case "INSERT" -> "INSERT INTO " + name + " (" + columns.get(0) + ") SELECT NULL WHERE FALSE";
                case "DELETE" -> "DELETE FROM " + name + " WHERE FALSE";
                default -> "TRUNCATE " + name;
            };
        }

        String update(String column) {
            return "UPDATE " + name + " SET " + column + " = NULL WHERE FALSE";
        }
    }

    @Test
    void eachRoleMayDoWhatThePageSaysAndNothingElse(TestDatabase database) throws SQLException, IOException {
        List<String> tried = new ArrayList<>();
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (String[] row : rows(connection, TABLES)) {
                Table table = new Table(row[0], List.of(row[1].split(",")));
                tried.add(line(table.name(), role -> verbs(connection, role, table)));
            }
            for (String[] row : rows(connection, SEQUENCES)) {
                tried.add(line(
                        row[0], role -> tries(connection, role, "SELECT nextval('" + row[0] + "')") ? "USAGE" : ""));
            }
            for (String[] row : rows(connection, FUNCTIONS)) {
                tried.add(line(row[0], role -> mayExecute(connection, role, row[0]) ? "EXECUTE" : ""));
            }
        }

        assertThat(String.join("\n", tried)).isEqualTo(String.join("\n", rowsOfPage()));
    }

    @Test
    void noRoleMayMakeObjectsAnywhere(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (String role : ROLES) {
                for (String schema : List.of("raw", "mart", "ops", "batch", "hold", "lake", "public")) {
                    assertThat(tries(connection, role, "CREATE TABLE " + schema + ".own (x INTEGER)"))
                            .as("%s in %s", role, schema)
                            .isFalse();
                }
                assertThat(tries(connection, role, "CREATE SCHEMA own"))
                        .as(role)
                        .isFalse();
                assertThat(tries(connection, role, "CREATE ROLE own")).as(role).isFalse();
                assertThat(tries(connection, role, "COPY (SELECT 1) TO PROGRAM 'true'"))
                        .as(role)
                        .isFalse();
            }
        }
    }

    private interface Rights {
        String of(String role) throws SQLException;
    }

    private static String line(String object, Rights rights) throws SQLException {
        StringJoiner cells = new StringJoiner(" | ", "| ", " |");
        cells.add("`" + object + "`");
        for (String role : ROLES) {
            cells.add(rights.of(role));
        }
        return cells.toString();
    }

    private static String verbs(Connection connection, String role, Table table) throws SQLException {
        StringJoiner allowed = new StringJoiner(", ");
        for (String verb : VERBS) {
            if (verb.equals("UPDATE")) {
                updates(connection, role, table).ifPresent(allowed::add);
            } else if (tries(connection, role, table.statement(verb))) {
                allowed.add(verb);
            }
        }
        return allowed.toString();
    }

    /** Columns are named where it is not all of them. */
    private static Optional<String> updates(Connection connection, String role, Table table) throws SQLException {
        List<String> allowed = new ArrayList<>();
        for (String column : table.columns()) {
            if (tries(connection, role, table.update(column))) {
                allowed.add(column);
            }
        }
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        boolean isAll = allowed.size() == table.columns().size();
        return Optional.of(isAll ? "UPDATE" : "UPDATE (" + String.join(", ", allowed) + ")");
    }

    /** A function is not called: what it does is not undone by permission alone. */
    private static boolean mayExecute(Connection connection, String role, String function) throws SQLException {
        String right = "SELECT has_schema_privilege('" + role + "', 'ops', 'USAGE') AND has_function_privilege('" + role
                + "', '" + function + "', 'EXECUTE')";
        return rows(connection, right).get(0)[0].equals("t");
    }

    /** True when PostgreSQL does not refuse it for want of a right; whatever it did is undone. */
    private static boolean tries(Connection connection, String role, String sql) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            // As of any of the role's sessions: that analysts' sessions are read-only as well is another lock on the
            // door.
            statement.execute("SET LOCAL ROLE " + role);
            statement.execute(sql);
            return true;
        } catch (SQLException refused) {
            if (refused.getSQLState().equals(INSUFFICIENT_PRIVILEGE)) {
                return false;
            }
            // A view that cannot be written at all is refused for that reason before any right is looked at.
            assertThat(refused.getSQLState())
                    .as("%s: %s", sql, refused.getMessage())
                    .isIn("55000", "42809", "0A000");
            return false;
        } finally {
            connection.rollback(before);
        }
    }

    private static List<String[]> rows(Connection connection, String sql) throws SQLException {
        List<String[]> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                String[] row = new String[result.getMetaData().getColumnCount()];
                for (int column = 0; column < row.length; column++) {
                    row[column] = result.getString(column + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<String> rowsOfPage() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
    }
}
