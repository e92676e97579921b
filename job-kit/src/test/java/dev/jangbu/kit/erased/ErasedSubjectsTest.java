package dev.jangbu.kit.erased;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ErasedSubjectsTest {
    @Test
    void linesOfErasedPeopleAreToldFromOthers(TestDatabase database) throws SQLException {
        ErasedSubjects subjects = erased(database, Map.of("U000123", true, "257597", false, "kim.lee:1", true));

        assertThat(subjects.areIn("{\"user_id\":\"U000123\"}")).isTrue();
        assertThat(subjects.areIn("U000123")).isTrue();
        assertThat(subjects.areIn("call U000123.")).isTrue();
        assertThat(subjects.areIn("{\"a\":\"\\u0055000123\"}")).isTrue();
        assertThat(subjects.areIn("{\"a\":\"one\\nU000123\"}")).isTrue();
        assertThat(subjects.areIn("of:U000123:")).isTrue();
        assertThat(subjects.areIn("{\"user_id\": 257597}")).isTrue();
        assertThat(subjects.areIn("{\"user_id\":\"257597\"}")).isTrue();
        assertThat(subjects.areIn("{\"user_id\":\"kim.lee:1\"}")).isTrue();

        assertThat(subjects.areIn("{\"user_id\":\"U0001234\"}")).isFalse();
        assertThat(subjects.areIn("{\"user_id\":\"U000123-4\"}")).isFalse();
        assertThat(subjects.areIn("{\"user_id\":\"U1\",\"total_amount\":257597}"))
                .isFalse();
        assertThat(subjects.areIn("257597")).isFalse();
        assertThat(subjects.areIn("{\"user_id\":\"kim.lee\",\"x\":\"\\u00zz\\")).isFalse();
        assertThat(subjects.areIn("")).isFalse();
    }

    @Test
    void anEmptyListKnowsNobody(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(ErasedSubjects.read(connection).isEmpty()).isTrue();
        }
        assertThat(ErasedSubjects.none().areIn("U000123")).isFalse();
    }

    @Test
    void theHashNeedsTheKey(TestDatabase one, TestDatabase other) throws SQLException {
        // Test databases are copies of one that was migrated once, with its key.
        other.execute("UPDATE ops.erasure_key SET secret = REVERSE(secret)");
        try (Connection first = one.connect();
                Connection second = other.connect()) {
            assertThat(SubjectKey.read(first).hash("U000123"))
                    .isEqualTo(SubjectKey.read(first).hash("U000123"))
                    .hasSize(64)
                    .isNotEqualTo(SubjectKey.read(second).hash("U000123"));
        }
    }

    private static ErasedSubjects erased(TestDatabase database, Map<String, Boolean> ids) throws SQLException {
        try (Connection connection = database.connect()) {
            SubjectKey key = SubjectKey.read(connection);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO ops.erased_subject (subject_hash, fingerprint, is_word) VALUES (?, ?, ?)")) {
                for (Map.Entry<String, Boolean> id : ids.entrySet()) {
                    insert.setString(1, key.hash(id.getKey()));
                    insert.setLong(2, key.fingerprint(id.getKey()));
                    insert.setBoolean(3, id.getValue());
                    insert.executeUpdate();
                }
            }
            return ErasedSubjects.read(connection);
        }
    }
}
