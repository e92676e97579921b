package dev.jangbu.mart.plan;

import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What lies in the workspace for a day.
 *
 * @param state {@code none}, {@code there}, or {@code unreadable}
 * @param lateFiles late files appended to the day
 * @param hasCorrections whether rejected lines of the day were corrected
 */
record LandedDay(String state, String source, long rows, long lateFiles, boolean hasCorrections) {
    static final String NONE = "none";
    static final String THERE = "there";
    static final String UNREADABLE = "unreadable";

    static LandedDay of(Workspace workspace, String dataset, LocalDate day) {
        boolean hasCorrections = Files.exists(
                workspace.corrections(dataset, RunRequest.WHOLE, day).manifestFile());
        try {
            Optional<Manifest> manifest =
                    workspace.landing(dataset, RunRequest.WHOLE, day).manifest();
            return manifest.map(found -> of(found, hasCorrections))
                    .orElse(new LandedDay(NONE, "", 0, 0, hasCorrections));
        } catch (JobFailure unreadable) {
            return new LandedDay(UNREADABLE, "", 0, 0, hasCorrections);
        }
    }

    private static LandedDay of(Manifest manifest, boolean hasCorrections) {
        long late = manifest.files().stream()
                .filter(Manifest.Entry::isLate)
                .map(Manifest.Entry::lateInput)
                .distinct()
                .count();
        return new LandedDay(THERE, manifest.source(), manifest.rows(), late, hasCorrections);
    }
}
