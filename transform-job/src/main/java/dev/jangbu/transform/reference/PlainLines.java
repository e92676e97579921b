package dev.jangbu.transform.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A part of a landing as its lines. */
final class PlainLines {
    private PlainLines() {}

    /** Blank lines too, without their breaks; a byte order mark in front is left out. */
    static List<byte[]> of(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        int from = hasMark(content) ? 3 : 0;
        for (int at = from; at < content.length; at++) {
            if (content[at] == '\n') {
                lines.add(Arrays.copyOfRange(content, from, at));
                from = at + 1;
            }
        }
        if (from < content.length) {
            lines.add(Arrays.copyOfRange(content, from, content.length));
        }
        return lines;
    }

    /** Nothing but JSON's white space. */
    static boolean isBlank(byte[] line) {
        for (byte character : line) {
            if (character != ' ' && character != '\t' && character != '\r') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasMark(byte[] content) {
        return content.length >= 3
                && content[0] == (byte) 0xef
                && content[1] == (byte) 0xbb
                && content[2] == (byte) 0xbf;
    }
}
