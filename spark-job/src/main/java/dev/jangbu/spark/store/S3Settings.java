package dev.jangbu.spark.store;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an S3-compatible store is reached, from the environment: {@code JANGBU_S3_ENDPOINT}, {@code JANGBU_S3_REGION},
 * {@code JANGBU_S3_PATH_STYLE}, {@code JANGBU_S3_ACCESS_KEY_FILE}, {@code JANGBU_S3_SECRET_KEY_FILE}. Without key files
 * the SDK looks where it always does, such as the machine's role. The keys themselves are in no setting: executors are
 * sent settings.
 */
record S3Settings(Map<String, String> hadoop) {
    private static final String ENDPOINT = "JANGBU_S3_ENDPOINT";
    private static final String REGION = "JANGBU_S3_REGION";
    private static final String PATH_STYLE = "JANGBU_S3_PATH_STYLE";
    private static final String ACCESS_KEY_FILE = "JANGBU_S3_ACCESS_KEY_FILE";
    private static final String SECRET_KEY_FILE = "JANGBU_S3_SECRET_KEY_FILE";
    private static final String ANY_REGION = "us-east-1";

    S3Settings {
        hadoop = Map.copyOf(hadoop);
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when a setting is wrong */
    static S3Settings from(Map<String, String> environment) {
        Map<String, String> hadoop = new LinkedHashMap<>();
        String endpoint = environment.getOrDefault(ENDPOINT, "");
        if (!endpoint.isBlank()) {
            hadoop.put("fs.s3a.endpoint", endpoint);
            hadoop.put("fs.s3a.connection.ssl.enabled", String.valueOf(isEncrypted(endpoint)));
        }
        String region = environment.getOrDefault(REGION, "");
        if (!region.isBlank() || !endpoint.isBlank()) {
            hadoop.put("fs.s3a.endpoint.region", region.isBlank() ? ANY_REGION : region);
        }
        // Of 7, each after twice the wait: a store that is away is told after a minute, not two.
        hadoop.put("fs.s3a.retry.limit", "5");
        hadoop.put("fs.s3a.path.style.access", pathStyle(environment, !endpoint.isBlank()));
        hadoop.putAll(keys(environment));
        return new S3Settings(hadoop);
    }

    private static boolean isEncrypted(String endpoint) {
        String scheme = String.valueOf(URI.create(endpoint).getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw wrong(ENDPOINT, endpoint, "a URL such as https://s3.example.com:9000");
        }
        return scheme.equals("https");
    }

    /** Stores of one's own seldom have a name for each bucket. */
    private static String pathStyle(Map<String, String> environment, boolean isOwnStore) {
        String style = environment.getOrDefault(PATH_STYLE, String.valueOf(isOwnStore));
        if (!style.equals("true") && !style.equals("false")) {
            throw wrong(PATH_STYLE, style, "true or false");
        }
        return style;
    }

    private static Map<String, String> keys(Map<String, String> environment) {
        String access = environment.getOrDefault(ACCESS_KEY_FILE, "");
        String secret = environment.getOrDefault(SECRET_KEY_FILE, "");
        if (access.isBlank() && secret.isBlank()) {
            return Map.of();
        }
        return Map.of(
                "fs.s3a.aws.credentials.provider",
                KeyFiles.class.getName(),
                KeyFiles.ACCESS,
                readable(ACCESS_KEY_FILE, access),
                KeyFiles.SECRET,
                readable(SECRET_KEY_FILE, secret));
    }

    private static String readable(String setting, String file) {
        if (file.isBlank() || !Files.isReadable(Path.of(file))) {
            throw wrong(setting, file, "a file this user may read");
        }
        return Path.of(file).toAbsolutePath().toString();
    }

    private static JobFailure wrong(String setting, String value, String expected) {
        return new JobFailure(ExitCode.USAGE, setting + ": " + value + " (expected: " + expected + ")");
    }
}
