package dev.jangbu.extract.landing;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Parts of the landing in place that stay in the next one: put into the new run's folder, by a link where the file system
 * has them, and read through on the way, so that only bytes the manifest vouches for are kept.
 */
public final class KeptParts {
    private final DayFolder landing;
    private final Path runFolder;

    /** @param runFolder of the run that keeps them, existing */
    public KeptParts(DayFolder landing, Path runFolder) {
        this.landing = landing;
        this.runFolder = runFolder;
    }

    /** Under the names they have: lines of them are referred to by part and number. */
    public List<Manifest.Entry> keep(List<Manifest.Entry> parts) {
        return parts.stream().map(part -> keep(part, fileName(part))).toList();
    }

    /** Under the numbers from {@code firstPart} on. */
    public List<Manifest.Entry> keep(List<Manifest.Entry> parts, int firstPart) {
        List<Manifest.Entry> kept = new ArrayList<>();
        for (Manifest.Entry part : parts) {
            kept.add(keep(part, PartName.of(firstPart + kept.size(), PartName.suffix(part.path()))));
        }
        return kept;
    }

    /** The number after the greatest of these parts. */
    public static int next(List<Manifest.Entry> parts) {
        return parts.stream()
                .mapToInt(part -> PartName.number(part.path()) + 1)
                .max()
                .orElse(0);
    }

    private Manifest.Entry keep(Manifest.Entry part, String name) {
        Path from = landing.resolve(part);
        Path to = runFolder.resolve(name);
        try {
            String sha256 = link(from, to) ? sha256(from, OutputStream.nullOutputStream()) : copy(from, to);
            if (!sha256.equals(part.sha256())) {
                throw new JobFailure(
                        ExitCode.FAILED,
                        from + ": sha256 " + sha256 + " (expected: " + part.sha256()
                                + ", as the landing's manifest says); extract the day again");
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot keep", from, failure);
        }
        return part.at(runFolder.getFileName() + "/" + name);
    }

    private static boolean link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
            return true;
        } catch (UnsupportedOperationException | java.nio.file.FileSystemException notHere) {
            if (!Files.isReadable(from)) {
                throw new IOException("not there, or not to be read", notHere);
            }
            return false;
        }
    }

    private static String copy(Path from, Path to) throws IOException {
        try (FileOutputStream out = new FileOutputStream(to.toFile())) {
            String sha256 = sha256(from, out);
            out.getFD().sync();
            return sha256;
        }
    }

    private static String sha256(Path file, OutputStream out) throws IOException {
        MessageDigest digest = digest();
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
            content.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String fileName(Manifest.Entry part) {
        return part.path().substring(part.path().lastIndexOf('/') + 1);
    }
}
