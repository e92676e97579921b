package dev.jangbu.transform.landing;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.transform.reject.RawLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The corrections of a day, by the part they are laid over.
 *
 * @param parts by {@link LandingPart#key}; those without corrections are not in it
 */
public record CorrectionSet(Map<String, PartCorrections> parts) {
    /** A day that was never corrected. */
    public static final CorrectionSet EMPTY = new CorrectionSet(Map.of());

    private static final String PREFIX = "corrections-";

    public CorrectionSet {
        parts = Map.copyOf(parts);
    }

    /** The name of the file of a part's corrections. */
    public static String fileName(String partKey) {
        return PREFIX + partKey;
    }

    /**
     * The files a manifest names.
     *
     * @throws JobFailure when their bytes are not those it names
     */
    public static CorrectionSet of(DayFolder folder, Manifest manifest) {
        Map<String, PartCorrections> parts = new LinkedHashMap<>();
        for (Manifest.Entry entry : manifest.files()) {
            Path file = folder.resolve(entry);
            requireUnchanged(file, entry.sha256());
            String name = String.valueOf(file.getFileName());
            parts.put(name.substring(PREFIX.length()), new PartCorrections(file, entry.rows()));
        }
        return new CorrectionSet(parts);
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    public PartCorrections of(LandingPart part) {
        return parts.getOrDefault(part.key(), PartCorrections.NONE);
    }

    /** The parts with their corrections. */
    public List<LandingPart> over(List<LandingPart> landing) {
        return isEmpty()
                ? landing
                : landing.stream().map(part -> part.with(of(part))).toList();
    }

    /** Corrections of parts the landing does not have. */
    public long without(List<LandingPart> landing) {
        Set<String> there = landing.stream().map(LandingPart::key).collect(Collectors.toSet());
        return parts.entrySet().stream()
                .filter(part -> !there.contains(part.getKey()))
                .mapToLong(part -> part.getValue().count())
                .sum();
    }

    private static void requireUnchanged(Path file, String sha256) {
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream read = new DigestInputStream(bytes, RawLine.newDigest())) {
            read.transferTo(OutputStream.nullOutputStream());
            String found = HexFormat.of().formatHex(read.getMessageDigest().digest());
            if (!found.equals(sha256)) {
                throw new JobFailure(
                        ExitCode.FAILED,
                        file + ": sha256 " + found + " (expected: " + sha256 + ", as its manifest says); take the"
                                + " corrections back by `transform-job replay events --ds … --discard`, then replay again");
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
    }
}
