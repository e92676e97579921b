package dev.jangbu.sandbox.analytics;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Refused;

/** Errors as Google words them. */
final class Problem {
    private Problem() {}

    static Answer of(int code, String status, String message) {
        Fields error = Fields.of("code", code).with("message", message).with("status", status);
        return Answer.json(code, Fields.of("error", error));
    }

    static Refused invalid(String message) {
        return new Refused(of(400, "INVALID_ARGUMENT", message));
    }

    static Refused exhausted(String what) {
        return new Refused(of(
                429,
                "RESOURCE_EXHAUSTED",
                "Exhausted property tokens " + what
                        + ". These quota tokens will return later. To learn more, see the quota documentation."));
    }

    static Answer of(int status) {
        String name =
                switch (status) {
                    case 400 -> "INVALID_ARGUMENT";
                    case 401 -> "UNAUTHENTICATED";
                    case 403 -> "PERMISSION_DENIED";
                    case 404 -> "NOT_FOUND";
                    case 429 -> "RESOURCE_EXHAUSTED";
                    case 503 -> "UNAVAILABLE";
                    case 504 -> "DEADLINE_EXCEEDED";
                    default -> "INTERNAL";
                };
        return of(status, name, "The service could not answer.");
    }
}
