package dev.jangbu.mart.gaps;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a day is not done. */
enum GapKind {
    /** Nothing of it is loaded. */
    MISSING,
    /** The last run of one of its jobs failed, or its data was refused. */
    FAILED,
    /** What is loaded, or a mart, is older than what came before it. */
    STALE;

    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
