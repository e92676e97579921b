package dev.jangbu.faults.fault;

import dev.jangbu.faults.oracle.ShopWindows;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The shop of a scene, made when the first fault needs it and shared by those after. */
final class Shop {
    private static final long SEED = 7;

    private @Nullable ShopWindows made;

    ShopWindows windows(Scene scene) throws IOException, InterruptedException, SQLException {
        ShopWindows windows = made;
        if (windows == null) {
            windows = ShopWindows.make(scene.site(), scene.yardstick().day().users(), SEED);
            made = windows;
        }
        return windows;
    }
}
