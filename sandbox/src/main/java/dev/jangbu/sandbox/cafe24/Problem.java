package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Refused;

/** Errors as Cafe24 words them. */
final class Problem {
    private Problem() {}

    static Answer of(int status, String message) {
        Fields error = Fields.of("code", status).with("message", message).with("more_info", new Fields());
        return Answer.json(status, Fields.of("error", error));
    }

    static Refused unprocessable(String message) {
        return new Refused(of(422, message));
    }

    static Refused notFound(String what) {
        return new Refused(of(404, "No API found. or the resource does not exist. (" + what + ")"));
    }

    /** In the form of RFC 6749, as the token endpoint has it. */
    static Refused oauth(int status, String error, String description) {
        return new Refused(Answer.json(status, Fields.of("error", error).with("error_description", description)));
    }
}
