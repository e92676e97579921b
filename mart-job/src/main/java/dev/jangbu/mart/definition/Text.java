package dev.jangbu.mart.definition;

import org.jspecify.annotations.Nullable;

/** Texts that may not be left out of a YAML file. */
final class Text {
    private Text() {}

    /** @throws IllegalArgumentException when it is absent or blank */
    static String require(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": absent (expected: a text)");
        }
        return value;
    }
}
