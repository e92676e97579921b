package dev.jangbu.transform.records;

import java.util.ArrayList;
import java.util.List;

/** Takes a line of RFC 4180 apart. */
public final class CsvLine {
    private CsvLine() {}

    public static List<String> split(String line) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean isQuoted = false;
        for (int at = 0; at < line.length(); at++) {
            char character = line.charAt(at);
            if (character == '"') {
                boolean isDoubled = isQuoted && at + 1 < line.length() && line.charAt(at + 1) == '"';
                if (isDoubled) {
                    value.append('"');
                    at++;
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (character == ',' && !isQuoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(character);
            }
        }
        values.add(value.toString());
        return values;
    }
}
