package dev.jangbu.extract.landing;

import java.io.Console;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows a person at a terminal how many lines are written; elsewhere nothing, logs stay clean. */
public final class Progress implements AutoCloseable {
    private static final int STEP = 4_096;

    private final @Nullable ProgressBar bar;
    private long rows;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** A bar where standard output is a terminal. */
    public static Progress onTerminal(String task) {
        return isTerminal(System.console()) ? shown(task) : none();
    }

    public static Progress none() {
        return new Progress(null);
    }

    static Progress shown(String task) {
        return new Progress(ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(-1)
                .setUnit(" lines", 1)
                .clearDisplayOnFinish()
                .build());
    }

    void row() {
        rows++;
        if (bar != null && rows % STEP == 0) {
            bar.stepTo(rows);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.stepTo(rows);
            bar.close();
        }
    }

    /** Since Java 22 a process without a terminal has a console too, which then says so; this is built for 17. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException refused) {
            return false;
        }
    }
}
