package dev.jangbu.mart.build;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Finds {@code :business_date} and its like in PostgreSQL's SQL, outside texts, quoted names and comments. Jdbi's own parser
 * works by a grammar whose tables each process fills anew: with long queries that takes a tenth of a second. Texts with
 * backslashes ({@code E'…'}) and dollar quotes are not known.
 */
final class NamedParameters implements SqlParser {
    private static final Pattern TOKEN =
            Pattern.compile("'[^']*+'|\"[^\"]*+\"|--[^\n]*+|/\\*.*?\\*/|::|:([A-Za-z_]\\w*+)", Pattern.DOTALL);

    static Jdbi jdbi(DataSource dataSource) {
        Jdbi jdbi = Jdbi.create(dataSource);
        jdbi.getConfig(SqlStatements.class).setSqlParser(new NamedParameters());
        return jdbi;
    }

    @Override
    public ParsedSql parse(String sql, StatementContext context) {
        ParsedSql.Builder parsed = ParsedSql.builder();
        Matcher token = TOKEN.matcher(sql);
        int done = 0;
        while (token.find()) {
            if (token.group(1) != null) {
                parsed.append(sql.substring(done, token.start())).appendNamedParameter(token.group(1));
                done = token.end();
            }
        }
        return parsed.append(sql.substring(done)).build();
    }

    @Override
    public String nameParameter(String rawName, StatementContext context) {
        return ":" + rawName;
    }
}
