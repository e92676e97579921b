package dev.jangbu.devdatabase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's {@code postgresql.conf}, written anew at each start, and the port in it. */
final class ServerSettings {
    private static final Pattern PORT = Pattern.compile("(?m)^port = (\\d+)$");
    /** Durable, this machine only, and sized for the load of a million-event day on a laptop. */
    private static final String TEXT = """
            # Written by dev-database at each start. Settings of your own go into ../postgresql.local.conf.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = 60
            password_encryption = scram-sha-256

            fsync = on
            synchronous_commit = on
            # No replicas: a day copied into a table made in the same transaction needs no log.
            wal_level = minimal
            max_wal_senders = 0
            max_wal_size = 4GB
            min_wal_size = 256MB
            wal_buffers = 16MB
            checkpoint_timeout = 15min

            shared_buffers = 256MB
            work_mem = 32MB
            maintenance_work_mem = 256MB
            effective_cache_size = 1GB
            random_page_cost = 1.1
            jit = off

            timezone = 'Asia/Seoul'
            log_timezone = 'Asia/Seoul'
            log_line_prefix = '%%m [%%p] %%q%%u@%%d %%a '
            log_checkpoints = off
            default_text_search_config = 'pg_catalog.simple'
            include '../postgresql.local.conf'
            """;

    private final ServerFolder folder;

    ServerSettings(ServerFolder folder) {
        this.folder = folder;
    }

    /** Writes them with the port of last time where it is free, else with any free one, and returns it. */
    int write() {
        OptionalInt before = recordedPort();
        int port = before.isPresent() && isFree(before.getAsInt()) ? before.getAsInt() : freePort();
        return write(port);
    }

    /** Writes them with another free port: the one tried was taken meanwhile. */
    int writeWithNewPort() {
        return write(freePort());
    }

    private int write(int port) {
        if (!Files.exists(folder.localSettings())) {
            writeLocalSettings();
        }
        Storage.writePrivate(folder.settings(), TEXT.formatted(port));
        return port;
    }

    private void writeLocalSettings() {
        try {
            Files.writeString(folder.localSettings(), "# Settings of your own; they win over dev-database's.\n");
        } catch (IOException failure) {
            throw Storage.refusal("cannot write", folder.localSettings(), failure);
        }
    }

    private OptionalInt recordedPort() {
        try {
            Matcher port = PORT.matcher(Files.readString(folder.settings()));
            return port.find() ? OptionalInt.of(Integer.parseInt(port.group(1))) : OptionalInt.empty();
        } catch (IOException | NumberFormatException unknown) {
            return OptionalInt.empty();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
