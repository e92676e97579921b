package dev.jangbu.spark.mart;

import dev.jangbu.kit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * PostgreSQL's functions of JSONB for Spark, where such a value is its text. Spark's own know numbers as DOUBLE; amounts are
 * exact here. NULL gives NULL.
 */
final class JsonFunctions {
    private static final String ELEMENTS = "jangbu_json_elements";

    private JsonFunctions() {}

    static void register(SparkSession session) {
        session.udf().register("jsonb_typeof", (UDF1<String, String>) JsonFunctions::typeOf, DataTypes.StringType);
        session.udf()
                .register("jsonb_array_length", (UDF1<String, Integer>) JsonFunctions::length, DataTypes.IntegerType);
        session.udf()
                .register(
                        "jsonb_extract_path", (UDF2<String, String, String>) JsonFunctions::path, DataTypes.StringType);
        session.udf()
                .register(
                        "jsonb_extract_path_text",
                        (UDF2<String, String, String>) JsonFunctions::pathText,
                        DataTypes.StringType);
        session.udf()
                .register(
                        ELEMENTS,
                        (UDF1<String, List<String>>) JsonFunctions::elements,
                        DataTypes.createArrayType(DataTypes.StringType));
        session.sql("CREATE OR REPLACE TEMPORARY FUNCTION jsonb_array_elements(items STRING)"
                + " RETURNS TABLE (value STRING) RETURN SELECT EXPLODE(jangbu_json_elements(items))");
    }

    static @Nullable String typeOf(@Nullable String json) {
        return json == null ? null : typeOf(read(json));
    }

    static @Nullable Integer length(@Nullable String json) {
        return json == null ? null : requireArray(json).size();
    }

    /** The member as JSON; null where there is none. */
    static @Nullable String path(@Nullable String json, @Nullable String key) {
        JsonNode member = member(json, key);
        return member == null ? null : text(member);
    }

    /** The member as text, a string without its quotes; null where there is none, or where it is null. */
    static @Nullable String pathText(@Nullable String json, @Nullable String key) {
        JsonNode member = member(json, key);
        if (member == null || member.isNull()) {
            return null;
        }
        return member.isString() ? member.stringValue() : text(member);
    }

    static @Nullable List<String> elements(@Nullable String json) {
        if (json == null) {
            return null;
        }
        List<String> elements = new ArrayList<>();
        requireArray(json).forEach(element -> elements.add(text(element)));
        return elements;
    }

    private static @Nullable JsonNode member(@Nullable String json, @Nullable String key) {
        return json == null || key == null ? null : read(json).get(key);
    }

    private static JsonNode read(String json) {
        return Json.mapper().readTree(json);
    }

    private static JsonNode requireArray(String json) {
        JsonNode node = read(json);
        if (!node.isArray()) {
            throw new IllegalArgumentException("JSON: " + typeOf(node) + " (expected: array)");
        }
        return node;
    }

    private static String typeOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY, OBJECT, NUMBER, STRING, BOOLEAN, NULL ->
                node.getNodeType().name().toLowerCase(Locale.ROOT);
            case BINARY, MISSING, POJO -> throw new IllegalStateException("JSON: " + node.getNodeType());
        };
    }

    private static String text(JsonNode node) {
        return node.isNumber() ? node.decimalValue().toPlainString() : Json.line(node);
    }
}
