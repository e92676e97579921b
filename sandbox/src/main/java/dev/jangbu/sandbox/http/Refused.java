package dev.jangbu.sandbox.http;

/** Ends the handling of a call with this answer. */
@SuppressWarnings("serial")
public final class Refused extends RuntimeException {
    private final transient Answer answer;

    public Refused(Answer answer) {
        super("answered " + answer.status(), null, false, false);
        this.answer = answer;
    }

    public Refused(Answer answer, Throwable cause) {
        super("answered " + answer.status(), cause);
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
