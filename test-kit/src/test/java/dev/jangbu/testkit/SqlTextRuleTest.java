package dev.jangbu.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextRuleTest {
    static final class Joined {
        static String sql(String user) {
            return "SELECT 1 FROM mart_orders WHERE user_id = '" + user + "'";
        }
    }

    static final class Formatted {
        static String sql(String user) {
            return String.format("DELETE FROM mart_orders WHERE user_id = '%s'", user);
        }
    }

    static final class FormattedByItself {
        static String sql(String user) {
            return "DELETE FROM mart_orders WHERE user_id = '%s'".formatted(user);
        }
    }

    static final class Appended {
        static String sql(String user) {
            StringBuilder sql = new StringBuilder();
            sql.append("UPDATE mart_orders SET user_id = '").append(user).append('\'');
            return sql.toString();
        }
    }

    static final class Bound {
        private static final String WHERE = " WHERE user_id = ?";

        static String sql(int limit) {
            return "SELECT 1 FROM mart_orders" + WHERE + " LIMIT " + limit;
        }

        static String message(String user) {
            return user + ": not found (expected: who ordered from us)";
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Joined.class, Formatted.class, FormattedByItself.class, Appended.class})
    void textInSqlIsFound(Class<?> type) {
        assertThat(violations(type, Set.of())).singleElement().asString().contains(".sql puts text into SQL: ");
    }

    @Test
    void aClassWithCheckedNamesIsLeftAlone() {
        assertThat(violations(Joined.class, Set.of(Joined.class.getName()))).isEmpty();
    }

    @Test
    void constantsNumbersAndMessagesAreFine() {
        assertThat(violations(Bound.class, Set.of())).isEmpty();
    }

    private static List<String> violations(Class<?> type, Set<String> classesWithCheckedNames) {
        return classes()
                .should(new SqlTextRule(classesWithCheckedNames))
                .evaluate(new ClassFileImporter().importClasses(type))
                .getFailureReport()
                .getDetails();
    }
}
