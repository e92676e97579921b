package dev.jangbu.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Packaged jobs as {@code bin/job} starts them: unpacked, and with an archive of their classes, in less than half the time.
 * {@code bin/fast-start} prepares that; where it cannot, a jar runs as it is.
 */
final class FastStart {
    private static final int DIGEST_LETTERS = 16;
    private static final int FIRST_WITH_CACHE = 25;

    private final Map<Path, JobJar> known = new ConcurrentHashMap<>();

    private FastStart(Path project) {
        try {
            new ProcessBuilder(project.resolve("bin/fast-start").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new IllegalStateException("bin/fast-start", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The one of this JVM, prepared when first asked for. */
    static FastStart shared() {
        return Holder.SHARED;
    }

    /** The same job, of exactly this jar. */
    JobJar of(JobJar job) {
        return known.computeIfAbsent(job.jar(), path -> find(job));
    }

    private static JobJar find(JobJar job) {
        Path folder = job.jar().resolveSibling("run").resolve(digest(job.jar()));
        Path unpacked = folder.resolve(job.jar().getFileName());
        if (!Files.exists(unpacked)) {
            return job;
        }
        List<String> options = new ArrayList<>(job.jvmOptions());
        Path archive = folder.resolve(nameOfThisJvm());
        if (Files.exists(archive)) {
            // An archive that does not fit after all is a slower start, not a line in the job's output.
            options.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr", archiveOption() + archive));
        }
        return new JobJar(unpacked, job.environment(), options);
    }

    private static String digest(Path jar) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_LETTERS);
        } catch (IOException | NoSuchAlgorithmException failure) {
            throw new IllegalStateException(jar.toString(), failure);
        }
    }

    /** As {@code bin/environment.sh} makes it. */
    private static String nameOfThisJvm() {
        String home = System.getProperty("java.home").replaceAll("[^A-Za-z0-9]", "-");
        return "java-" + System.getProperty("java.version") + home;
    }

    private static String archiveOption() {
        return Runtime.version().feature() < FIRST_WITH_CACHE ? "-XX:SharedArchiveFile=" : "-XX:AOTCache=";
    }

    private static final class Holder {
        static final FastStart SHARED =
                new FastStart(Path.of("..").toAbsolutePath().normalize());
    }
}
