package dev.jangbu.mart.jobs;

import dev.jangbu.kit.exit.ExitCode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an exit code means, in a few words; the runbook has more. */
final class ExitMeaning {
    private static final int STOPPED = 143;

    private ExitMeaning() {}

    /** @param code null for a run that has none */
    static String of(@Nullable Integer code) {
        if (code == null) {
            return "no exit code";
        }
        if (code == STOPPED) {
            return "exit 143: asked to stop";
        }
        return "exit " + code + ": "
                + Arrays.stream(ExitCode.values())
                        .filter(known -> known.code() == code)
                        .findFirst()
                        .map(ExitMeaning::words)
                        .orElse("unknown");
    }

    private static String words(ExitCode code) {
        return switch (code) {
            case DONE -> "done";
            case FAILED -> "failed; nothing half done";
            case USAGE -> "bad arguments or settings, or an unmigrated database";
            case QUALITY_FAILED -> "the day's data did not pass its checks";
            case UNAVAILABLE -> "the database or a source stayed away";
            case HELD -> "another run holds this slice";
        };
    }
}
