package dev.jangbu.devdatabase;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A program that ran to its end.
 *
 * @param output both its streams
 */
record ProgramRun(int exitCode, String output) {
    /**
     * Runs a program and waits for it, without the caller's {@code PG…} variables, which would change what it does.
     *
     * @param input its standard input
     * @throws Refusal when it cannot be run
     */
    static ProgramRun of(List<String> command, Path folder, String input) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
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

    boolean isDone() {
        return exitCode == 0;
    }

    /** The line that says what went wrong, else the last one. */
    String reason() {
        return reasonIn(output);
    }

    static String reasonIn(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.stream()
                .filter(ProgramRun::tellsFailure)
                .findFirst()
                .orElse(lines.isEmpty() ? "no word" : lines.get(lines.size() - 1));
    }

    private static boolean tellsFailure(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.contains("error:") || lower.contains("fatal:") || lower.contains("panic:");
    }
}
