package dev.jangbu.devdatabase;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once.
 *
 * @param home holds {@code bin}, {@code lib}, {@code share}
 */
record Programs(Path home) {
    /** Where the programs of this version lie below a folder, unpacked or not yet. */
    static Programs in(Path folder) {
        return new Programs(folder.resolve("server-" + version()));
    }

    static String version() {
        return Build.property("postgresql.version");
    }

    static String majorVersion() {
        return version().substring(0, version().indexOf('.'));
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Unpacks them unless that was done; a half-done unpacking of a killed start is done again. */
    void unpack() {
        if (Files.isDirectory(home)) {
            return;
        }
        Path unfinished = home.resolveSibling(home.getFileName() + ".new");
        Storage.removeTree(unfinished);
        try (InputStream archive = archive()) {
            unpack(archive, Files.createDirectories(unfinished));
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw Storage.refusal("cannot unpack PostgreSQL into", home, failure);
        }
    }

    private static InputStream archive() {
        String name = "postgres-" + platform() + ".txz";
        @Nullable InputStream archive = Programs.class.getResourceAsStream("/" + name);
        if (archive == null) {
            throw new Refusal("no PostgreSQL for this machine in the jar: " + name
                    + " (expected: Linux or macOS on x86_64 or arm64, and a jar built there);"
                    + " set JANGBU_DB_URL to a PostgreSQL of your own");
        }
        return archive;
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String family = system.startsWith("mac") ? "darwin" : system;
        String width = processor.equals("aarch64") ? "arm_64" : processor.replace("amd64", "x86_64");
        return family + "-" + width;
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                place(entry, entries, path);
            }
        }
    }

    private static void place(TarArchiveEntry entry, InputStream content, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            return;
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /** What the build wrote into the jar. */
    static final class Build {
        private Build() {}

        static String property(String name) {
            Properties properties = new Properties();
            try (InputStream file = Programs.class.getResourceAsStream("/dev-database.properties")) {
                properties.load(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return properties.getProperty(name);
        }
    }
}
