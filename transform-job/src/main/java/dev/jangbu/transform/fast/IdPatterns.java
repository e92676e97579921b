package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.Field;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A contract's own patterns for ids. Of one thread. */
@SuppressWarnings("EnumOrdinal") // Arrays by place in a closed list.
final class IdPatterns {
    private final @Nullable Matcher[] matchers = new Matcher[Field.values().length];

    IdPatterns(Contract contract) {
        for (Field field : Field.values()) {
            Pattern pattern = contract.pattern(field);
            matchers[field.ordinal()] = pattern == null ? null : pattern.matcher("");
        }
    }

    /** Whether the id, plain ASCII, is as the contract wants it. */
    boolean match(int field, byte[] bytes, int from, int to) {
        Matcher own = matchers[field];
        return own == null
                || own.reset(new String(bytes, from, to - from, StandardCharsets.US_ASCII))
                        .matches();
    }
}
