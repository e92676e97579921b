package dev.jangbu.faults.site;

import java.io.IOException;

/** Signals to processes this torture started. */
final class Signals {
    private Signals() {}

    static void send(String name, long processId) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(processId))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
