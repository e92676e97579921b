package dev.jangbu.mart.books;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** How the books of a day stand: the words of {@code ops.v_books.state}. */
public enum BookState {
    BALANCES("balances"),
    DROPPED("dropped"),
    NOT_LOADED("not loaded"),
    QUALITY_FAILED("quality failed"),
    CHECK_OLDER("check is older than the landing"),
    LOAD_OLDER("load is older than the check"),
    MARTS_OLDER("marts are older than the load"),
    MARTS_MISSING("marts are missing"),
    UNBALANCED("does not add up");

    private final String word;

    BookState(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** Whether there is nothing to do: all is carried through, or the day is gone because its time was over. */
    public boolean isSettled() {
        return this == BALANCES || this == DROPPED;
    }

    /** @throws IllegalArgumentException for a word that is none */
    @JsonCreator
    public static BookState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("state: " + word + " (expected: one of ops.v_books)"));
    }
}
