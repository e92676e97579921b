package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.CardWindows;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The acquirer of a scene, made when the first fault needs it and shared by those after. */
final class Cards {
    private static final int SHORT_DAYS = 10;
    private static final int SHORT_SALES = 1_500;
    private static final int LONG_DAYS = 14;
    private static final int LONG_SALES = 3_000;
    /** A landing of some 180 MB, and so two parts that are whole before the last. */
    private static final int LONG_RAW_BYTES = 60_000;

    private @Nullable CardWindows made;

    CardWindows windows(Scene scene) throws IOException, InterruptedException, SQLException {
        CardWindows windows = made;
        if (windows == null) {
            windows = scene.isShort()
                    ? CardWindows.make(scene.site(), SHORT_DAYS, SHORT_SALES, 0)
                    : CardWindows.make(scene.site(), LONG_DAYS, LONG_SALES, LONG_RAW_BYTES);
            made = windows;
        }
        return windows;
    }

    void rest() {
        if (made != null) {
            made.rest();
        }
    }
}
