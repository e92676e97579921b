package dev.jangbu.extract.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers that nobody gave. */
public final class Replies {
    private Replies() {}

    /** A success with such a body. */
    public static Reply of(String body) {
        return new Reply("GET sample", 200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }
}
