package dev.jangbu.transform.fast;

import java.nio.file.Path;

/**
 * Where the files of a day are written, each landing part to files of the same number.
 *
 * @param clean the folder of the clean parts
 * @param rejects the folder of rejects and flagged lines
 */
public record DayFiles(Path clean, Path rejects) {
    Path clean(int part) {
        return clean.resolve(String.format("part-%05d.csv", part));
    }

    Path rejected(int part) {
        return rejects.resolve(String.format("rejected-%05d.jsonl", part));
    }

    Path flagged(int part) {
        return rejects.resolve(String.format("flagged-%05d.jsonl", part));
    }
}
