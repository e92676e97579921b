package dev.jangbu.search.anomalies;

import dev.jangbu.search.http.Parameters;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which anomalies are asked for; null where it does not matter. */
public record AnomalyFilter(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String rule,
        @Nullable Long storeId,
        @Nullable String state) {
    /** What a request may ask by. */
    public static final List<String> PARAMETERS = List.of("from", "to", "rule", "store_id", "state", "limit", "cursor");

    /** The states as they are asked for and told. */
    public static final List<String> STATES = List.of("open", "confirmed", "dismissed");

    /** @param rules the names of all rules there are */
    public static AnomalyFilter of(Parameters parameters, List<String> rules) {
        LocalDate from = parameters.day("from");
        LocalDate to = parameters.day("to");
        parameters.requireOrder(from, to);
        return new AnomalyFilter(
                from,
                to,
                parameters.oneOf("rule", rules),
                parameters.number("store_id"),
                parameters.oneOf("state", STATES));
    }
}
