package dev.jangbu.transform.fast;

import dev.jangbu.transform.contract.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Platforms as small numbers: the known ones as they stand in the contract, unknown ones as they come. Of one thread. */
final class Platforms {
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    Platforms() {
        Field.PLATFORM.words().forEach(this::code);
    }

    int code(String name) {
        return codes.computeIfAbsent(BoundedKey.of(name), key -> {
            names.add(name.length() <= BoundedKey.LONGEST ? name : key);
            return names.size() - 1;
        });
    }

    String name(int code) {
        return names.get(code);
    }
}
