package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.mart.definition.Check;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.testkit.PostgresExtension;
import dev.jangbu.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PostgresExtension.class)
class NamedParametersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT :day, :day2 | SELECT ?, ? | [day, day2]",
                "SELECT 'a:b', 'it''s :not', \":name\", :day | SELECT 'a:b', 'it''s :not', \":name\", ? | [day]",
                "SELECT 1::text, a[1:2] -- :not | SELECT 1::text, a[1:2] -- :not | []",
                "SELECT /* :not */ :day | SELECT /* :not */ ? | [day]"
            })
    void parametersAreOutsideTextsNamesAndComments(String sql, String parsed, String names, TestDatabase database) {
        ParsedSql found = parse(new NamedParameters(), sql, database);

        assertThat(found.getSql()).isEqualTo(parsed);
        assertThat(found.getParameters().getParameterNames()).hasToString(names);
    }

    @Test
    void aCommentEndsWithItsLine(TestDatabase database) {
        assertThat(parse(new NamedParameters(), "SELECT 1 -- it's one\n+ :day", database)
                        .getSql())
                .isEqualTo("SELECT 1 -- it's one\n+ ?");
    }

    @Test
    void everyStatementOfEveryMartIsReadAsJdbiReadsIt(TestDatabase database) {
        assertThat(statements()).allSatisfy(sql -> assertThat(parse(new NamedParameters(), sql, database))
                .isEqualTo(parse(new ColonPrefixSqlParser(), sql, database)));
    }

    private static List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (Mart mart : MartRun.MARTS.all()) {
            statements.add(mart.deleteSql());
            statements.add(mart.insertSql());
            mart.checks().stream().map(Check::sql).forEach(statements::add);
            if (mart.after() != null) {
                statements.add(mart.after());
            }
        }
        return statements;
    }

    private static ParsedSql parse(SqlParser parser, String sql, TestDatabase database) {
        try (Handle handle = Jdbi.create(database::connect).open()) {
            return parser.parse(sql, handle.createUpdate(sql).getContext());
        }
    }
}
