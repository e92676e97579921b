package dev.jangbu.sandbox.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object under construction. */
public final class Fields {
    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    public static Fields of(String name, @Nullable Object value) {
        return new Fields().with(name, value);
    }

    public Fields with(String name, @Nullable Object value) {
        map.put(name, value);
        return this;
    }

    /** Only the named ones. */
    public Fields only(Set<String> names) {
        map.keySet().retainAll(names);
        return this;
    }

    @JsonValue
    public Map<String, @Nullable Object> map() {
        return map;
    }
}
