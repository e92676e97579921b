package dev.jangbu.load.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in as binary rows is what PostgreSQL reads in the CSV; where that is not sure, nothing goes in. */
@ExtendWith(PostgresExtension.class)
class BinaryCopyTest {
    private static final String HEADER = "said,number,seen_at,day,is_so,amount\n";

    @TempDir
    private Path folder = Path.of("");

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("said", "text");
        types.put("number", "int8");
        types.put("seen_at", "timestamptz");
        types.put("day", "date");
        types.put("is_so", "bool");
        types.put("amount", "numeric");
        return types;
    }

    @Test
    void rowsAreThoseOfTheCsv(TestDatabase database) throws Exception {
        StringBuilder rows = new StringBuilder("""
                plain,1,2026-01-02T10:00:00.123456Z,2026-01-02,true,12000.00
                ,,,,,
                "",0,1999-12-31T23:59:59.999999Z,1999-12-31,false,0.00
                "a ""quoted"", one
                of two lines",-7,2000-01-01T00:00:00.000000Z,2000-01-01,true,-0.01
                한글 😀 \\. back\\slash,9223372036854775,0001-01-01T00:00:00.000001Z,0001-01-01,false,999999999999.99
                "",1,2024-02-29T12:00:00.000001Z,9999-12-31,true,10000
                \"""\",1,2024-02-29T12:00:00.000001Z,9999-12-31,true,1000.5
                x,1,2024-02-29T12:00:00.000001Z,9999-12-31,true,00100010001.10
                """);
        // More than a buffer of them, of lengths that fall upon its end wherever that may be.
        for (int row = 0; row < 9_000; row++) {
            rows.append("\"").append("x,\"\"".repeat(row % 17)).append("\",").append(row);
            rows.append(",2026-01-02T10:00:00.123456Z,2026-01-02,true,")
                    .append(row * 37L)
                    .append(".00\n");
        }
        rows.append("y".repeat(600_000)).append(",,,,,\n");
        try (Connection connection = connected(database)) {
            assertThat(sent(connection, HEADER + rows)).hasValue(9_009);
            connection.commit();
            new CsvCopy("expected").send(connection, file(HEADER + rows));
            connection.commit();
        }

        assertThat(database.rows("(TABLE copied EXCEPT ALL TABLE expected) UNION ALL"
                        + " (TABLE expected EXCEPT ALL TABLE copied)"))
                .isEmpty();
        assertThat(database.rows("SELECT amount FROM copied WHERE number = -7 OR said = 'x' OR said = ''"
                        + " AND number = 1 ORDER BY amount"))
                .containsExactly("-0.01", "10000", "100010001.10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "number,said\n",
                HEADER + "a,1,2026-01-02T10:00:00Z,,,\n",
                HEADER + "a,1,2026-02-30T10:00:00.000000Z,,,\n",
                HEADER + "a,1,2026-02-03T24:00:00.000000Z,,,\n",
                HEADER + "a,one,,,,\n",
                HEADER + "a,-,,,,\n",
                HEADER + "a,\"1\",,,,\n",
                HEADER + "a,1234567890123456789,,,,\n",
                HEADER + "a,,,2026-1-02,,\n",
                HEADER + "a,,,,t,\n",
                HEADER + "a,,,,,1e5\n",
                HEADER + "a,,,,,1.\n",
                HEADER + "a,,,,,1.23456\n",
                HEADER + "a\"b\",,,,,\n",
                HEADER + "\"a\"b,,,,,\n",
                HEADER + "a,,,,,\r\n",
                HEADER + "a,,,,\n",
                HEADER + "a,,,,,,\n",
                HEADER + "a,,,,,1",
                HEADER + "\"a,,,,,\n",
                HEADER + "\u0000,,,,,\n",
                "",
            })
    void whatIsUnusualIsLeftToTheServer(String content, TestDatabase database) throws Exception {
        try (Connection connection = connected(database)) {
            assertThat(sent(connection, content)).isEmpty();
            connection.rollback();
        }
        assertThat(database.rows("TABLE copied")).isEmpty();
    }

    @Test
    void aFileThatIsNotTheOneThatWasCheckedIsRefused(TestDatabase database) throws Exception {
        CleanFile file = file(HEADER + "a,,,,,\n");
        Files.writeString(folder.resolve("clean.csv"), HEADER + "b,,,,,\n");
        try (Connection connection = connected(database)) {
            BinaryCopy copy = BinaryCopy.of("copied", types()).orElseThrow();
            assertThatThrownBy(() -> copy.send(connection, file))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining("as it was checked); nothing was loaded");
        }
        assertThat(database.rows("TABLE copied")).isEmpty();
    }

    @Test
    void aTypeThatFilesAreNotWrittenForIsReadByTheServer() {
        assertThat(BinaryCopy.of("copied", Map.of("said", "jsonb"))).isEmpty();
    }

    private static Connection connected(TestDatabase database) throws SQLException {
        for (String table : List.of("copied", "expected")) {
            database.execute("CREATE TABLE " + table + " (said TEXT, number BIGINT, seen_at TIMESTAMPTZ, day DATE,"
                    + " is_so BOOLEAN, amount NUMERIC)");
        }
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    private OptionalLong sent(Connection connection, String content) throws Exception {
        return BinaryCopy.of("copied", types()).orElseThrow().send(connection, file(content));
    }

    private CleanFile file(String content) throws IOException, GeneralSecurityException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("clean.csv"), bytes);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        return new CleanFile(file, new Manifest.Entry("clean.csv", 1, bytes.length, sha256));
    }
}
