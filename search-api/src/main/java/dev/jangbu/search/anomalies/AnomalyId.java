package dev.jangbu.search.anomalies;

import dev.jangbu.search.http.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An anomaly's name in routes: {@code mysql-acquirer.123.over_twice_week}. */
public record AnomalyId(String account, long sale, String rule) {
    private static final Pattern FORM =
            Pattern.compile("([a-z0-9][a-z0-9-]{1,62})\\.(-?[0-9]{1,18}|[0-9]{19})\\.([a-z_]{1,40})");

    /** @throws ProblemException 404: what is no name names nothing */
    public static AnomalyId parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw ProblemException.notFound("id", text, "an anomaly such as mysql-acquirer.123.over_twice_week");
        }
        return new AnomalyId(parts.group(1), number(parts.group(2)), parts.group(3));
    }

    @Override
    public String toString() {
        return account + "." + sale + "." + rule;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw ProblemException.notFound("id", text, "an anomaly such as mysql-acquirer.123.over_twice_week");
        }
    }
}
