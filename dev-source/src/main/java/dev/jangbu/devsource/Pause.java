package dev.jangbu.devsource;

/** A short sleep between two looks. */
final class Pause {
    private static final long MILLIS = 25;

    private Pause() {}

    /** @throws Refusal when the thread is interrupted */
    static void briefly() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("stopped while waiting", interrupted);
        }
    }
}
