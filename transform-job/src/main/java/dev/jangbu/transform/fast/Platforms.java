package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Platforms as small numbers: the known ones as they stand in the contract, unknown ones as they come. Of one thread. */
final class Platforms {
    /** Of a short text with its places in map and list. */
    private static final int BYTES_PER_NAME = 350;

    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    Platforms() {
        Field.PLATFORM.words().forEach(this::code);
    }

    /** @param name {@link BoundedKey#ofName} */
    int code(String name) {
        return codes.computeIfAbsent(name, added -> {
            names.add(added);
            return names.size() - 1;
        });
    }

    /** The memory that the names take at most. */
    long bytes() {
        return (long) names.size() * BYTES_PER_NAME;
    }

    String name(int code) {
        return names.get(code);
    }
}
