package dev.jangbu.transform.fast;

import java.nio.file.Path;

/**
 * Where the files of a day are written, each landing part to files of the same number.
 *
 * @param clean the folder of the clean parts
 * @param rejects the folder of rejects and flagged lines
 * @param work where a folder may be made for what is needed only while a large day is judged
 */
public record DayFiles(Path clean, Path rejects, Path work) {
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
