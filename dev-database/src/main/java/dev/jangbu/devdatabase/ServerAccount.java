package dev.jangbu.devdatabase;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL's programs run. They refuse root, so root lends them another identity: a user namespace of its own
 * where files stay root's, or, where that is forbidden (in most containers), the user id that owns the data.
 *
 * @param prefix goes before each command
 * @param owner the user id that must own the data
 */
record ServerAccount(List<String> prefix, long owner) {
    private static final long ROOT = 0;
    private static final long NOBODY = 65_534;

    ServerAccount {
        prefix = List.copyOf(prefix);
    }

    /** @throws Refusal when this user cannot run the server of this folder */
    static ServerAccount choose(ServerFolder folder) {
        long user = new UnixSystem().getUid();
        long owner = folder.hasData() ? ownerOf(folder.data()) : user;
        if (user != ROOT) {
            requireOwner(folder, user, owner);
            return new ServerAccount(List.of(), user);
        }
        if (owner == ROOT && works("unshare", "-U", "/bin/sh", "-c", ":")) {
            return new ServerAccount(List.of("unshare", "-U"), ROOT);
        }
        long lent = owner == ROOT ? NOBODY : owner;
        if (works("setpriv", "--reuid=" + lent, "--regid=" + lent, "--clear-groups", "/bin/sh", "-c", ":")) {
            return new ServerAccount(List.of("setpriv", "--reuid=" + lent, "--regid=" + lent, "--clear-groups"), lent);
        }
        throw new Refusal("PostgreSQL does not run as root, and neither unshare nor setpriv (of util-linux) works here;"
                + " run as an ordinary user");
    }

    List<String> command(Path program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Gives the account a file or folder with all in it; nothing to do where files stay the caller's. */
    void own(Path path) {
        if (owner == new UnixSystem().getUid()) {
            return;
        }
        try (Stream<Path> below = Files.walk(path)) {
            below.toList().forEach(this::ownOnly);
        } catch (IOException failure) {
            throw cannotOwn(path, failure);
        }
    }

    /** Gives the account a file, or a folder without what is in it. */
    void ownOnly(Path path) {
        if (owner == new UnixSystem().getUid()) {
            return;
        }
        try {
            Files.setAttribute(path, "unix:uid", Math.toIntExact(owner), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", Math.toIntExact(owner), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException failure) {
            throw cannotOwn(path, failure);
        }
    }

    private Refusal cannotOwn(Path path, IOException failure) {
        return Storage.refusal("cannot give to user id " + owner + ":", path, failure);
    }

    private static void requireOwner(ServerFolder folder, long user, long owner) {
        if (owner != user) {
            throw new Refusal(folder.data() + ": belongs to user id " + owner + " (expected: " + user
                    + ", who runs this); run as its owner or as root, or pass another --workspace");
        }
    }

    private static long ownerOf(Path path) {
        try {
            return ((Number) Files.getAttribute(path, "unix:uid")).longValue();
        } catch (IOException failure) {
            throw Storage.refusal("cannot read", path, failure);
        }
    }

    private static boolean works(String... command) {
        try {
            return ProgramRun.of(List.of(command), Path.of("/"), "").isDone();
        } catch (Refusal absent) {
            return false;
        }
    }
}
