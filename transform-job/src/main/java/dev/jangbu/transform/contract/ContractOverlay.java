package dev.jangbu.transform.contract;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Lays a contract file over the default contract; the default itself over nothing, and must then name everything. */
final class ContractOverlay {
    private ContractOverlay() {}

    static Contract apply(ContractFile file, @Nullable Contract base) {
        ContractFile.@Nullable Years years = file.years();
        return new Contract(
                Objects.requireNonNull(file.profile(), "profile: absent (expected: the contract's name)"),
                or(file.version(), base == null ? null : base.version(), "version"),
                or(file.currency(), base == null ? null : base.currency(), "currency"),
                or(years == null ? null : years.first(), base == null ? null : base.firstYear(), "years"),
                or(years == null ? null : years.last(), base == null ? null : base.lastYear(), "years"),
                or(file.amountTolerance(), base == null ? null : base.amountTolerance(), "amount_tolerance"),
                patterns(file, base),
                limits(file, base),
                absent(file, base),
                checks(file, base));
    }

    private static Map<Field, Pattern> patterns(ContractFile file, @Nullable Contract base) {
        Map<Field, Pattern> patterns = new EnumMap<>(Field.class);
        if (base != null) {
            patterns.putAll(base.patterns());
        }
        given(file.patterns()).forEach((name, pattern) -> patterns.put(idField(name), compile(name, pattern)));
        return patterns;
    }

    private static Field idField(String name) {
        return Field.named(name)
                .filter(field -> field.kind() == FieldKind.ID)
                .orElseThrow(() -> wrong("patterns." + name, "a field that holds an id"));
    }

    private static Pattern compile(String name, String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException notARegex) {
            throw wrong("patterns." + name + ": " + pattern, "a regular expression");
        }
    }

    private static Map<Measure, Limits> limits(ContractFile file, @Nullable Contract base) {
        Map<Measure, Limits> limits = new EnumMap<>(Measure.class);
        for (Map.Entry<String, ContractFile.Span> entry : given(file.limits()).entrySet()) {
            Measure measure = Measure.named(entry.getKey())
                    .orElseThrow(() -> wrong("limits." + entry.getKey(), "a number of the contract"));
            @Nullable Limits before = base == null ? null : base.limits(measure);
            limits.put(measure, span(measure, entry.getValue(), before));
        }
        if (base != null) {
            base.limits().forEach(limits::putIfAbsent);
        }
        return limits;
    }

    private static Limits span(Measure measure, ContractFile.Span span, @Nullable Limits before) {
        BigDecimal min = or(span.min(), before == null ? null : before.min(), "limits." + measure.id() + ".min");
        BigDecimal max = or(span.max(), before == null ? null : before.max(), "limits." + measure.id() + ".max");
        return Limits.of(measure, min, max);
    }

    private static Set<Field> absent(ContractFile file, @Nullable Contract base) {
        Set<Field> absent = EnumSet.noneOf(Field.class);
        if (file.cannotHave() != null) {
            file.cannotHave()
                    .fields()
                    .forEach(name -> absent.add(Field.named(name)
                            .orElseThrow(() -> wrong("cannot_have: " + name, "a field of the contract"))));
        } else if (base != null) {
            absent.addAll(base.absent());
        }
        return absent;
    }

    private static Map<Check, CheckRule> checks(ContractFile file, @Nullable Contract base) {
        Map<String, ContractFile.Treatment> given = given(file.checks());
        for (String name : given.keySet()) {
            if (Check.ALL.stream().noneMatch(check -> check.id().equals(name))) {
                throw wrong(
                        "checks." + name,
                        "one of " + Check.ALL.stream().map(Check::id).toList());
            }
        }
        Map<Check, CheckRule> rules = new EnumMap<>(Check.class);
        for (Check check : Check.ALL) {
            @Nullable CheckRule before = base == null ? null : base.rule(check);
            rules.put(check, rule(check, given.get(check.id()), before));
        }
        return rules;
    }

    private static CheckRule rule(Check check, ContractFile.@Nullable Treatment given, @Nullable CheckRule before) {
        String name = "checks." + check.id();
        return new CheckRule(
                or(given == null ? null : given.threshold(), before == null ? null : before.threshold(), name),
                or(given == null ? null : given.severity(), before == null ? null : before.severity(), name),
                or(given == null ? null : given.fate(), before == null ? null : before.fate(), name));
    }

    private static <T> T or(@Nullable T given, @Nullable T before, String name) {
        if (given != null) {
            return given;
        }
        if (before != null) {
            return before;
        }
        throw wrong(name + ": absent", "a value");
    }

    private static <V> Map<String, V> given(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    private static IllegalArgumentException wrong(String what, String expected) {
        return new IllegalArgumentException(what + " (expected: " + expected + ")");
    }
}
