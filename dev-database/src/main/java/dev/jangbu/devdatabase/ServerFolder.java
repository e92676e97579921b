package dev.jangbu.devdatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a workspace keeps its PostgreSQL, {@code <workspace>/postgres}:
 *
 * <pre>
 * data/                      the cluster; its postgresql.conf is written anew at each start
 * data/jangbu.password       the password of user jangbu (mode 600)
 * postgresql.local.conf      settings of your own; they win
 * connection.properties      url, user, password while the server runs (mode 600)
 * server.log                 what the server says
 * server-17.x.y/             PostgreSQL's programs
 * lock                       held while a start or stop is under way
 * </pre>
 *
 * @param root absolute
 */
record ServerFolder(Path root) {
    private static final String UNFINISHED = "data.new-";

    /** pg_ctl hands paths to a shell between double quotes. */
    private static final Pattern UNSAFE = Pattern.compile("[\"$`\\\\\\p{Cntrl}]");

    ServerFolder {
        root = root.toAbsolutePath().normalize();
        if (UNSAFE.matcher(root.toString()).find()) {
            throw new Refusal("--workspace: " + root + " (expected: a path without \" $ ` \\ or control characters)");
        }
    }

    static ServerFolder of(Path workspace) {
        return new ServerFolder(workspace.resolve("postgres"));
    }

    Path data() {
        return root.resolve("data");
    }

    /**
     * A new folder for the cluster while it is made; renamed to {@link #data()} when it is whole. Each start has one of
     * its own: the programs of a killed start may go on writing into theirs.
     */
    Path createUnfinishedData() {
        try {
            return Files.createTempDirectory(root, UNFINISHED);
        } catch (IOException failure) {
            throw Storage.refusal("cannot make", root.resolve(UNFINISHED), failure);
        }
    }

    /** What killed starts left. */
    List<Path> unfinishedData() {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
        } catch (IOException failure) {
            throw Storage.refusal("cannot read", root, failure);
        }
    }

    Path password() {
        return data().resolve("jangbu.password");
    }

    Path settings() {
        return data().resolve("postgresql.conf");
    }

    Path localSettings() {
        return root.resolve("postgresql.local.conf");
    }

    Path processFile() {
        return data().resolve("postmaster.pid");
    }

    Path log() {
        return root.resolve("server.log");
    }

    Path connection() {
        return root.resolve("connection.properties");
    }

    Path lock() {
        return root.resolve("lock");
    }

    boolean hasData() {
        return Files.isDirectory(data());
    }

    void create() {
        try {
            Files.createDirectories(root);
        } catch (IOException failure) {
            throw Storage.refusal("cannot make", root, failure);
        }
    }
}
