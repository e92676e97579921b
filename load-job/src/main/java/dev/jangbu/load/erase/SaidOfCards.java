package dev.jangbu.load.erase;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes what may tell who paid off the payments of one card: its masked number and all free text, which may hold a name. Of
 * one thread.
 */
final class SaidOfCards {
    private static final Set<String> COLUMNS = Set.of("card_number", "remark", "result_msg", "raw_data");
    private static final Pattern MEMBERS =
            Pattern.compile("\"(card_number|remark|result_msg|raw_data)\":\"(?:[^\"\\\\]|\\\\.)*+\"");

    private final String keyInJson;
    private final String cardKey;
    private List<String> header = List.of();

    SaidOfCards(String cardKey) {
        this.cardKey = cardKey;
        this.keyInJson = "\"card_key\":\"" + cardKey + '"';
    }

    /** What comes next is a header. */
    void beginFile() {
        header = List.of();
    }

    /** A line of the landing. */
    String withoutInJson(String line) {
        return line.contains(keyInJson) ? MEMBERS.matcher(line).replaceAll("\"$1\":null") : line;
    }

    /** A record with its line break; the first of a file is its header. */
    String withoutInCsv(String record) {
        if (header.isEmpty()) {
            header = fields(record);
            return record;
        }
        int key = header.indexOf("card_key");
        if (key < 0 || !record.contains(cardKey)) {
            return record;
        }
        List<String> fields = fields(record);
        if (!cardKey.equals(fields.get(key))) {
            return record;
        }
        for (int at = 0; at < fields.size(); at++) {
            if (COLUMNS.contains(header.get(at))) {
                fields.set(at, "");
            }
        }
        return String.join(",", fields) + record.substring(endOf(record));
    }

    /** As they are written, with their quotes, without the line break. */
    private static List<String> fields(String record) {
        List<String> fields = new ArrayList<>();
        int end = endOf(record);
        int from = 0;
        boolean isQuoted = false;
        for (int at = 0; at < end; at++) {
            isQuoted ^= record.charAt(at) == '"';
            if (record.charAt(at) == ',' && !isQuoted) {
                fields.add(record.substring(from, at));
                from = at + 1;
            }
        }
        fields.add(record.substring(from, end));
        return fields;
    }

    private static int endOf(String record) {
        int end = record.length();
        while (end > 0 && (record.charAt(end - 1) == '\n' || record.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }
}
