package dev.jangbu.transform.contract;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The event contract as one shop's profile sets it. Immutable, but for the patterns thread-safe as they are.
 *
 * @param name {@code default}, {@code rees46}, …
 * @param currency of all amounts, ISO 4217
 * @param firstYear of a valid timestamp, inclusive, in the business zone
 * @param lastYear inclusive
 * @param amountTolerance how far the total of an order may be from the sum of its products
 * @param patterns what an id must match besides being an id; a field without one may be any id
 * @param limits of every measure
 * @param absent fields the source cannot have: not required, judged where they are all the same
 * @param checks a rule for every check
 */
public record Contract(
        String name,
        int version,
        String currency,
        int firstYear,
        int lastYear,
        BigDecimal amountTolerance,
        Map<Field, Pattern> patterns,
        Map<Measure, Limits> limits,
        Set<Field> absent,
        Map<Check, CheckRule> checks)
        implements Serializable {

    public Contract {
        patterns = Collections.unmodifiableMap(copy(Field.class, patterns));
        limits = Collections.unmodifiableMap(copy(Measure.class, limits));
        checks = Collections.unmodifiableMap(copy(Check.class, checks));
        EnumSet<Field> missing = EnumSet.noneOf(Field.class);
        missing.addAll(absent);
        absent = Collections.unmodifiableSet(missing);
        require(firstYear <= lastYear, "years: " + firstYear + ".." + lastYear + " (expected: first <= last)");
        require(amountTolerance.signum() >= 0, "amount_tolerance: " + amountTolerance + " (expected: 0 or more)");
        require(limits.size() == Measure.values().length, "limits: " + limits.keySet() + " (expected: all)");
        require(checks.size() == Check.ALL.size(), "checks: " + checks.keySet() + " (expected: all seven)");
        for (Field field : Field.ALWAYS) {
            require(
                    !absent.contains(field),
                    "cannot_have: " + field.fieldName() + " (expected: a field a row can do without)");
        }
        require(
                Objects.requireNonNull(checks.get(Check.FUNNEL_SEQUENCE)).fate() == Fate.KEEP,
                "checks.funnel_sequence.fate: reject (expected: keep, for a session is judged when the day was read)");
    }

    public CheckRule rule(Check check) {
        return Objects.requireNonNull(checks.get(check));
    }

    public Limits limits(Measure measure) {
        return Objects.requireNonNull(limits.get(measure));
    }

    /** What an id of this field must match besides being an id, or null. */
    public @Nullable Pattern pattern(Field field) {
        return patterns.get(field);
    }

    /** The fields a record of this type must have, in order; of no known type: null. */
    public Set<Field> required(@Nullable EventType type) {
        Set<Field> required = EventType.required(type);
        required.removeAll(absent);
        return required;
    }

    private static <K extends Enum<K>, V> Map<K, V> copy(Class<K> keys, Map<K, V> map) {
        Map<K, V> copy = new EnumMap<>(keys);
        copy.putAll(map);
        return copy;
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }
}
