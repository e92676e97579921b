package dev.jangbu.load.erase;

import dev.jangbu.kit.workspace.Manifest;

/** How the files of a day belong together: part-00000.jsonl.gz, part-00000.csv, rejected-00000.jsonl, corrections-part-00000.jsonl. */
final class PartName {
    private static final String CORRECTIONS = "corrections-";
    private static final String GZIP = ".gz";

    private PartName() {}

    static String file(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String file(Manifest.Entry entry) {
        return file(entry.path());
    }

    /** The run a path begins with. */
    static String run(String path) {
        return path.substring(0, Math.max(0, path.indexOf('/')));
    }

    /** The name of a landing part without its packing, which its corrections are called after. */
    static String key(Manifest.Entry landing) {
        String name = file(landing);
        return name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
    }

    static String correctedKey(Manifest.Entry corrections) {
        String name = file(corrections);
        return name.startsWith(CORRECTIONS) ? name.substring(CORRECTIONS.length()) : name;
    }
}
