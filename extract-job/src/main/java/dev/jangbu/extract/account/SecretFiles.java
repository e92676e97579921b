package dev.jangbu.extract.account;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads secrets from files: arguments are shown by {@code ps} and kept by shells. */
final class SecretFiles {
    private static final String STANDARD_INPUT = "-";
    private static final int LIMIT = 64 * 1024;

    private final InputStream standardInput;

    SecretFiles(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /**
     * The secrets by name.
     *
     * @param files by the secret's name; {@code -} is standard input
     * @throws JobFailure with {@link ExitCode#USAGE} when one is missing, unknown, empty or unreadable
     */
    Map<String, String> read(Channel channel, Map<String, String> files) {
        if (!files.keySet().equals(channel.secrets())) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--secret: " + (files.isEmpty() ? "none" : String.join(", ", new TreeSet<>(files.keySet())))
                            + " (expected for " + channel.word() + ": "
                            + String.join(", ", new TreeSet<>(channel.secrets())) + ", each as NAME=FILE)");
        }
        Map<String, String> secrets = new TreeMap<>();
        files.forEach((name, file) -> secrets.put(name, read(name, file)));
        return secrets;
    }

    private String read(String name, String file) {
        try {
            byte[] bytes =
                    file.equals(STANDARD_INPUT) ? standardInput.readNBytes(LIMIT) : Files.readAllBytes(Path.of(file));
            String secret = new String(bytes, StandardCharsets.UTF_8).strip();
            if (secret.isEmpty()) {
                throw new JobFailure(ExitCode.USAGE, "--secret " + name + ": " + file + " is empty");
            }
            return secret;
        } catch (IOException failure) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--secret " + name + ": " + file
                            + " (expected: a file this user may read, or - for standard input)",
                    failure);
        }
    }
}
