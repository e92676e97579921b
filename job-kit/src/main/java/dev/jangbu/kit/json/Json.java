package dev.jangbu.kit.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way the jobs read and write JSON. Reading is strict: depth, length and number limits, duplicate keys refused,
 * decimals exact. Thread-safe.
 */
public final class Json {
    /** The longest line that is a record, in bytes. */
    public static final int LINE_LIMIT = 1 << 20;

    /** How deep a record may be nested. */
    public static final int DEPTH_LIMIT = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_LIMIT)
                            .maxStringLength(LINE_LIMIT)
                            .maxNumberLength(1000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** One line, no line break. */
    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Indented, with a line break at the end: for files people open. */
    public static byte[] pretty(Object value) {
        byte[] json = MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
        byte[] withBreak = java.util.Arrays.copyOf(json, json.length + 1);
        withBreak[json.length] = '\n';
        return withBreak;
    }
}
