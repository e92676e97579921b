package dev.jangbu.transform.replay;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.landing.CorrectionSet;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;

/** The corrections that are in force for a day: those of its last replay, and of the ones before that still fit. */
public final class PublishedCorrections {
    private static final String REMEDY =
            "take the corrections back by `transform-job replay events --ds … --discard`, then replay again";

    private PublishedCorrections() {}

    /** Whether the day was ever corrected. */
    public static boolean exist(DayFolder corrections) {
        return Files.exists(corrections.manifestFile());
    }

    /**
     * @throws dev.jangbu.kit.exit.JobFailure when they are damaged, or were written by a replay that had been taken over
     */
    public static CorrectionSet read(RunContext context, Connection connection) throws SQLException {
        DayFolder folder = context.corrections();
        if (!exist(folder)) {
            return CorrectionSet.EMPTY;
        }
        Manifest manifest = folder.read(REMEDY);
        new ReplayLog(context).requireCurrent(connection, folder, manifest, REMEDY);
        return CorrectionSet.of(folder, manifest);
    }

    /** Without asking the database whether they are current. */
    public static CorrectionSet read(DayFolder folder) {
        return exist(folder) ? CorrectionSet.of(folder, folder.read(REMEDY)) : CorrectionSet.EMPTY;
    }
}
