package dev.jangbu.kit.progress;

import java.io.Console;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows a person at a terminal how far long work is; elsewhere nothing, logs stay clean. Of any thread. */
public final class Progress implements AutoCloseable {
    private static final long UNKNOWN = -1;
    private static final int STEP = 4_096;

    private final @Nullable ProgressBar bar;
    private final AtomicLong done = new AtomicLong();

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** A bar of an unknown number of lines, where standard output is a terminal. */
    public static Progress onTerminal(String task) {
        return onTerminal(task, UNKNOWN);
    }

    /** A bar up to so many lines, where standard output is a terminal. */
    public static Progress onTerminal(String task, long lines) {
        return isTerminal(System.console()) ? shown(task, lines) : none();
    }

    public static Progress none() {
        return new Progress(null);
    }

    /** A bar of an unknown number of lines, wherever it runs. */
    public static Progress shown(String task) {
        return shown(task, UNKNOWN);
    }

    private static Progress shown(String task, long lines) {
        return new Progress(ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(lines)
                .setUnit(" lines", 1)
                .clearDisplayOnFinish()
                .build());
    }

    /** One line more. */
    public void row() {
        add(1);
    }

    /** So many lines more. */
    public void add(long lines) {
        if (bar != null) {
            long now = done.addAndGet(lines);
            if (lines > 1 || now % STEP == 0) {
                bar.stepTo(now);
            }
        }
    }

    /** The work begins again: no line is done. */
    public void restart() {
        done.set(0);
    }

    boolean isShown() {
        return bar != null;
    }

    /** The lines it was told of, where it is shown. */
    long done() {
        return done.get();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.stepTo(done.get());
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
