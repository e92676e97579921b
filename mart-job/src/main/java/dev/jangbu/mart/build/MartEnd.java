package dev.jangbu.mart.build;

import dev.jangbu.kit.exit.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one mart of a day ended.
 *
 * @param status the word of its run's summary, or {@value #NOT_BUILT} where it never began
 */
public record MartEnd(String mart, ExitCode code, String status) {
    /** The word of a mart that one it depends on held back. */
    static final String NOT_BUILT = "not_built";

    static MartEnd ran(String mart, ExitCode code) {
        return new MartEnd(mart, code, code.status());
    }

    static MartEnd heldBack(String mart) {
        return new MartEnd(mart, ExitCode.FAILED, NOT_BUILT);
    }

    boolean isDone() {
        return code == ExitCode.DONE;
    }

    /** As the day's summary names it. */
    Map<String, Object> entry() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mart", mart);
        entry.put("status", status);
        entry.put("exit_code", code.code());
        return entry;
    }
}
