package dev.jangbu.extract.http;

import dev.jangbu.kit.exit.JobFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a platform answered. Never shown: {@link #toString} tells the status only. */
public final class Reply {
    /** How a platform spells the fields of its JSON. */
    public enum Spelling {
        SNAKE,
        CAMEL
    }

    private final String call;
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** @param headers by lower-case name, the last of each */
    Reply(String call, int status, Map<String, String> headers, byte[] body) {
        this.call = call;
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public int status() {
        return status;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** A header that is a whole number of zero or more; else empty. */
    public Optional<Integer> number(String header) {
        return header(header).filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf);
    }

    /** Of {@code Retry-After}, in seconds; zero where there is none. A date is not read. */
    public Duration retryAfter() {
        return Duration.ofSeconds(number("Retry-After").orElse(0));
    }

    /**
     * The body as such a value. Fields that the type does not name are left out.
     *
     * @throws JobFailure of {@link FailureKind#SCHEMA} when it is not what was promised
     */
    public <T> T read(Class<T> type, Spelling spelling) {
        return ReplyJson.read(this, type, spelling);
    }

    /** The body as a tree, for an error's few fields; a missing node where it is no JSON. */
    public JsonNode tree() {
        return ReplyJson.tree(this);
    }

    /** Not copied: an answer may be large. */
    byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return call + " answered " + status;
    }
}
