package dev.jangbu.spark.lake;

import java.util.ArrayList;
import java.util.List;

/** Text somebody types: statements that end with a semicolon, which may also stand in texts, names and comments. */
final class SqlText {
    private final StringBuilder pending = new StringBuilder();
    private char within;

    private static final char NOTHING = 0;
    private static final char LINE_COMMENT = '-';
    private static final char BLOCK_COMMENT = '*';

    /** Takes a line in; returns the statements that ended with it. */
    List<String> add(String line) {
        List<String> ended = new ArrayList<>();
        for (int at = 0; at < line.length(); at++) {
            char sign = line.charAt(at);
            if (within == NOTHING && sign == ';') {
                end(ended);
                continue;
            }
            pending.append(sign);
            if (within == NOTHING) {
                within = opened(line, at);
            } else if (isClosed(line, at)) {
                within = NOTHING;
            } else if (sign == '\\' && within != LINE_COMMENT && within != BLOCK_COMMENT && at + 1 < line.length()) {
                at++;
                pending.append(line.charAt(at));
            }
        }
        if (within == LINE_COMMENT) {
            within = NOTHING;
        }
        pending.append('\n');
        return ended;
    }

    /** Whether a statement has begun and not ended. */
    boolean isPending() {
        return !pending.toString().isBlank();
    }

    /** What has begun, as if it had ended; empty where there is nothing but comments. */
    String rest() {
        String rest = pending.toString().strip();
        clear();
        return withoutComments(rest).isBlank() ? "" : rest;
    }

    /** Roughly: what looks like a comment within a text is taken for one. */
    static String withoutComments(String statement) {
        return statement.replaceAll("(?s)/\\*.*?\\*/|--[^\n]*", " ");
    }

    void clear() {
        pending.setLength(0);
        within = NOTHING;
    }

    private void end(List<String> ended) {
        String statement = rest();
        if (!statement.isEmpty()) {
            ended.add(statement);
        }
    }

    private static char opened(String line, int at) {
        char sign = line.charAt(at);
        if (sign == '\'' || sign == '"' || sign == '`') {
            return sign;
        }
        if (line.startsWith("--", at)) {
            return LINE_COMMENT;
        }
        return line.startsWith("/*", at) ? BLOCK_COMMENT : NOTHING;
    }

    private boolean isClosed(String line, int at) {
        if (within == LINE_COMMENT) {
            return false;
        }
        if (within == BLOCK_COMMENT) {
            return line.charAt(at) == '/' && at > 1 && line.charAt(at - 1) == '*';
        }
        return line.charAt(at) == within;
    }
}
