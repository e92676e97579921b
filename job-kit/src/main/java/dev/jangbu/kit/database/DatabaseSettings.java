package dev.jangbu.kit.database;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.kit.workspace.Workspace;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is. From the environment ({@code JANGBU_DB_URL}, {@code JANGBU_DB_USER}, {@code JANGBU_DB_PASSWORD} or
 * {@code JANGBU_DB_PASSWORD_FILE}); without a URL, from the file the embedded database of the workspace writes.
 *
 * @param patience how long a database that does not answer is tried again
 */
public record DatabaseSettings(String url, String user, String password, Duration patience) {
    /** Written by dev-database into {@link Workspace#embeddedDatabase()}: keys {@code url}, {@code user}, {@code password}. */
    public static final String CONNECTION_FILE = "connection.properties";

    private static final String URL_PREFIX = "jdbc:postgresql:";
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(60);

    public DatabaseSettings {
        if (!url.startsWith(URL_PREFIX)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "JANGBU_DB_URL: " + withoutSecrets(url) + " (expected: jdbc:postgresql://host:port/database)");
        }
        if (url.matches("(?i).*[?&](user|password)=.*")) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "JANGBU_DB_URL: holds user or password (expected: JANGBU_DB_USER and JANGBU_DB_PASSWORD_FILE beside it)");
        }
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when a setting is missing or wrong */
    public static DatabaseSettings from(Map<String, String> environment, Workspace workspace) {
        Duration patience = patience(environment);
        String url = environment.getOrDefault("JANGBU_DB_URL", "");
        if (url.isBlank()) {
            return embedded(workspace, patience);
        }
        return new DatabaseSettings(
                url, environment.getOrDefault("JANGBU_DB_USER", "jangbu"), password(environment), patience);
    }

    /** The URL without its parameters: fit for logs. */
    public String place() {
        return withoutSecrets(url);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + place() + ", user=" + user + "]";
    }

    private static DatabaseSettings embedded(Workspace workspace, Duration patience) {
        Path file = workspace.embeddedDatabase().resolve(CONNECTION_FILE);
        if (!Files.exists(file)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "JANGBU_DB_URL: not set, and no embedded database in " + workspace.root()
                            + " (expected: jdbc:postgresql://host:port/database, or `make database` first)");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
        return new DatabaseSettings(
                properties.getProperty("url", ""),
                properties.getProperty("user", ""),
                properties.getProperty("password", ""),
                patience);
    }

    private static String password(Map<String, String> environment) {
        @Nullable String file = environment.get("JANGBU_DB_PASSWORD_FILE");
        if (file == null || file.isBlank()) {
            return environment.getOrDefault("JANGBU_DB_PASSWORD", "");
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException failure) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "JANGBU_DB_PASSWORD_FILE: " + file + " (expected: a file this user may read)",
                    failure);
        }
    }

    private static Duration patience(Map<String, String> environment) {
        String seconds = environment.getOrDefault("JANGBU_DB_WAIT_SECONDS", "");
        if (seconds.isBlank()) {
            return DEFAULT_WAIT;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Long.parseLong(seconds)));
        } catch (NumberFormatException notANumber) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "JANGBU_DB_WAIT_SECONDS: " + seconds + " (expected: a number of seconds, 0 or more)");
        }
    }

    private static String withoutSecrets(String url) {
        int parameters = url.indexOf('?');
        String place = parameters < 0 ? url : url.substring(0, parameters);
        return place.replaceAll("//[^/@]*@", "//");
    }
}
