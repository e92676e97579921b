package dev.jangbu.spark.check;

import java.io.Serializable;

/** What became of a piece: its books and its files. */
record PieceOutcome(PieceCount count, long flagged, Written clean, Written rejectedFile, Written flaggedFile)
        implements Serializable {
    /**
     * A file as a task left it.
     *
     * @param name it is to have
     * @param written its name until then: of one try of a task, for a task may run twice
     */
    record Written(String name, String written, long bytes, String sha256) implements Serializable {}
}
