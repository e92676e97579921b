package dev.jangbu.mart.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of {@code checks.sql} that is run after a mart's day was written, before it is committed.
 *
 * @param description what holds when the check passes
 * @param sql a SELECT with the parameter {@code :business_date}
 */
public record Check(Kind kind, String name, String description, String sql) {
    /** What the query's rows mean. */
    public enum Kind {
        /** A row is an offence: the day is rolled back. */
        FAIL,
        /** A row is an offence: it is told, and the day stands. */
        WARN,
        /** The columns of the only row are facts of the run's summary. */
        FACT;

        /** {@code fail}, {@code warn}, {@code fact}, as in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Pattern MARK = Pattern.compile("(?m)^-- #(\\w+) (\\w+): (\\S.*)$");

    public Check {
        Identifier.requireName("check", name);
        Text.require(name + ".sql", sql);
    }

    /**
     * Reads a file whose queries each stand below their mark: {@code -- #fail name: what holds}.
     *
     * @throws IllegalArgumentException on an unknown kind, a check named twice, or SQL before the first mark
     */
    static List<Check> parseAll(String file) {
        List<Check> checks = new ArrayList<>();
        Matcher mark = MARK.matcher(file);
        boolean found = mark.find();
        if (!file.substring(0, found ? mark.start() : file.length()).isBlank()) {
            throw new IllegalArgumentException("text before the first check (expected: -- #fail name: what holds)");
        }
        while (found) {
            Kind kind = kind(mark.group(1));
            String name = mark.group(2);
            String description = mark.group(3);
            int start = mark.end();
            found = mark.find();
            String sql = Query.withoutTerminator(file.substring(start, found ? mark.start() : file.length()));
            checks.add(new Check(kind, name, description, sql));
        }
        requireDistinct(checks);
        return checks;
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("#" + word + " (expected: #fail, #warn or #fact)");
    }

    private static void requireDistinct(List<Check> checks) {
        long names = checks.stream().map(Check::name).distinct().count();
        if (names < checks.size()) {
            throw new IllegalArgumentException("checks: a name stands twice (expected: each once)");
        }
    }
}
