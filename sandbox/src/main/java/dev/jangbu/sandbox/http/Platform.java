package dev.jangbu.sandbox.http;

import dev.jangbu.sandbox.faults.FaultKind;

/** One of the platforms, or the sandbox's own endpoints. Thread-safe. */
public interface Platform {
    /** Its name in faults and in the journal. */
    String channel();

    /** What its paths begin with, such as {@code /cafe24}. */
    String prefix();

    /** Answers, or throws {@link Refused}. */
    Answer answer(Call call);

    /** Whose call this is; empty where it cannot be known. Says so also for calls that are refused. */
    String account(Call call);

    /** How the platform itself tells of a failure. */
    Answer failure(Call call, int status);

    /** Whether a fault of this kind can strike this call. */
    default boolean canSuffer(FaultKind kind, Call call) {
        return true;
    }

    /** Does to the account what a fault asks for, before the call is answered. */
    default void suffer(FaultKind kind, Call call) {}

    /** Whether the call asks for a token. */
    default boolean isTokenCall(Call call) {
        return false;
    }

    /** The path that faults match and the journal shows; what is behind the platform's base. */
    default String relative(Call call) {
        return call.path();
    }
}
