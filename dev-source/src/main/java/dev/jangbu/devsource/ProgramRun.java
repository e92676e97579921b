package dev.jangbu.devsource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program that ran to its end.
 *
 * @param output both its streams
 */
record ProgramRun(int exitCode, String output) {
    /**
     * Runs a program and waits for it.
     *
     * @param input its standard input, read while it writes little
     * @throws Refusal when it cannot be run
     */
    static ProgramRun of(List<String> command, String input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream standardInput = process.getOutputStream()) {
                standardInput.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException notRead) {
                // A program that ends without reading its input says why in its output.
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new ProgramRun(process.waitFor(), output);
        } catch (IOException failure) {
            throw new Refusal("cannot run " + command.get(0) + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("stopped while " + command.get(0) + " ran", interrupted);
        }
    }

    String reason() {
        return reasonIn(output);
    }

    /** The line that says what went wrong, else the last one. */
    static String reasonIn(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.stream()
                .filter(line -> line.contains("[ERROR]") || line.startsWith("ERROR") || line.contains("error:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "no word" : lines.get(lines.size() - 1));
    }
}
