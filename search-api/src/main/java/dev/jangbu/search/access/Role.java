package dev.jangbu.search.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What who asks may do. */
public enum Role {
    /** Look. */
    READER,
    /** Look, and judge anomalies. */
    REVIEWER;

    /** Of its name in small letters; empty for one that is none. */
    public static Optional<Role> of(String name) {
        return Arrays.stream(values())
                .filter(role -> role.nameInSettings().equals(name))
                .findFirst();
    }

    public String nameInSettings() {
        return name().toLowerCase(Locale.ROOT);
    }
}
