package dev.jangbu.extract.account;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who asks it, as an account's address tells it:
 * {@code mysql://reader@db.example.kr:3306/platform?tls=verify&ca=/etc/jangbu/ca.pem&driver=mariadb}. Holds no password.
 *
 * @param isEncrypted over TLS, the server's certificate and name checked
 * @param authority a PEM file of who may have signed the certificate; null for those the system trusts
 * @param driver word of the client library
 */
public record DatabaseAddress(
        String host,
        int port,
        String database,
        String user,
        boolean isEncrypted,
        @Nullable Path authority,
        String driver) {
    private static final String FORM = "mysql://USER@HOST:PORT/DATABASE?tls=verify|off&ca=FILE&driver=mariadb|mysql";
    private static final int PORT = 3306;
    private static final Map<String, Set<String>> WORDS =
            Map.of("tls", Set.of("verify", "off"), "driver", Set.of("mariadb", "mysql"));

    /** @throws JobFailure with {@link ExitCode#USAGE} when it is none, or has a password in it */
    public static DatabaseAddress parse(@Nullable String url) {
        URI uri = uri(url);
        String user = uri.getUserInfo();
        if (user != null && user.indexOf(':') >= 0) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--base-url: holds a password (expected: --secret password=FILE, and " + FORM + ")");
        }
        String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        if (!"mysql".equals(uri.getScheme())
                || uri.getHost() == null
                || user == null
                || user.isEmpty()
                || !database.matches("[A-Za-z0-9_$-]{1,64}")) {
            throw refused("not a database's address");
        }
        Map<String, String> settings = settings(uri.getQuery());
        boolean isEncrypted = !"off".equals(settings.get("tls"));
        String authority = settings.get("ca");
        if (authority != null && !isEncrypted) {
            throw new JobFailure(ExitCode.USAGE, "--base-url: ca= given with tls=off (expected: one of them)");
        }
        return new DatabaseAddress(
                uri.getHost(),
                uri.getPort() < 0 ? PORT : uri.getPort(),
                database,
                user,
                isEncrypted,
                authority == null ? null : Path.of(authority),
                settings.getOrDefault("driver", "mariadb"));
    }

    private static URI uri(@Nullable String url) {
        try {
            return new URI(url == null ? "" : url);
        } catch (URISyntaxException notOne) {
            // Not as the cause, and not quoted: it may hold a password.
            throw refused("not a database's address");
        }
    }

    private static Map<String, String> settings(@Nullable String query) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : query == null ? new String[0] : query.split("&", -1)) {
            String[] parts = setting.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            boolean isKnown = parts[0].equals("ca")
                    ? !value.isEmpty()
                    : WORDS.getOrDefault(parts[0], Set.of()).contains(value);
            if (!isKnown) {
                throw refused(parts[0] + "=");
            }
            settings.put(parts[0], value);
        }
        return settings;
    }

    /** @param given names nothing that may be a password */
    private static JobFailure refused(String given) {
        return new JobFailure(ExitCode.USAGE, "--base-url: " + given + " (expected: " + FORM + ")");
    }

    /** The place, without who asks and how. */
    public String place() {
        return "mysql://" + host + ":" + port + "/" + database;
    }
}
