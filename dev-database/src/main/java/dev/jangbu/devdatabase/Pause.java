package dev.jangbu.devdatabase;

/** A short sleep between two looks. */
final class Pause {
    private static final long MILLIS = 50;

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
