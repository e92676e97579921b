package dev.jangbu.mart.report;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/** A day's report as a file: there whole or not at all. */
public final class RunReportFile {
    private RunReportFile() {}

    static void write(Path file, DayReport report) {
        AtomicFiles.write(file, Json.pretty(report));
    }

    /** @throws JobFailure with {@link ExitCode#FAILED} when it is not a run report */
    public static DayReport read(Path file) {
        try {
            return Json.mapper().readValue(Files.readAllBytes(file), DayReport.class);
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        } catch (JacksonException | IllegalArgumentException failure) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    file + ": not a run report this version reads; run mart-job report for the day again",
                    failure);
        }
    }
}
