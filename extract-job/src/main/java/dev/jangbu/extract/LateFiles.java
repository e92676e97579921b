package dev.jangbu.extract;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** What an extraction does about late files: those that were appended to the day before, and one that is handed in now. */
sealed interface LateFiles {
    /** The day is extracted; late files appended to it before stay behind what is extracted. */
    record Kept() implements LateFiles {}

    /** The day is extracted; late files appended to it before are left out. */
    record Dropped() implements LateFiles {}

    /**
     * The landing stays as it is; this file's rows come behind it.
     *
     * @param windowDays how many days after its own a business date still takes late files
     */
    record Appended(Path file, int windowDays) implements LateFiles {
        public Appended {
            if (windowDays < 0) {
                throw new JobFailure(
                        ExitCode.USAGE, "--late-window: " + windowDays + " (expected: 0 or more, a number of days)");
            }
        }

        /** @throws JobFailure with {@link ExitCode#USAGE} when the day is closed: its window is over */
        void requireOpen(LocalDate businessDate, LocalDate today) {
            long days = ChronoUnit.DAYS.between(businessDate, today);
            if (days > windowDays) {
                throw new JobFailure(
                        ExitCode.USAGE,
                        file + ": LATE, came " + days + " days after " + businessDate + " (expected: at most "
                                + windowDays + "); nothing was appended and the day stays closed; --late-window " + days
                                + " opens it again");
            }
        }

        /** Of the file's bytes as it was handed in. */
        String sha256() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (IOException failure) {
                throw StorageFailure.of("cannot read", file, failure);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java has SHA-256", impossible);
            }
        }
    }
}
