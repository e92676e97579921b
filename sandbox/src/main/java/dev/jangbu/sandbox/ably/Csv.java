package dev.jangbu.sandbox.ably;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** As spreadsheets in Korea open it: UTF-8 with a mark, RFC 4180. */
final class Csv {
    private Csv() {}

    static byte[] of(List<String> headers, List<List<String>> rows) {
        StringBuilder text = new StringBuilder("\uFEFF").append(line(headers));
        rows.forEach(row -> text.append(line(row)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String line(List<String> values) {
        return values.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String quoted(String value) {
        boolean isPlain = value.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter < ' ');
        return isPlain ? value : "\"" + value.replace("\"", "\"\"") + "\"";
    }
}
