package dev.jangbu.transform.replay;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Lines of a day's landing, a bit each. Of one thread. */
final class Places {
    private final Map<String, BitSet> lines = new HashMap<>();
    private long count;

    void add(String file, long line) {
        BitSet ofFile = lines.computeIfAbsent(file, name -> new BitSet());
        int at = Math.toIntExact(line);
        count += ofFile.get(at) ? 0 : 1;
        ofFile.set(at);
    }

    boolean contains(String file, long line) {
        BitSet ofFile = lines.get(file);
        return ofFile != null && ofFile.get(Math.toIntExact(line));
    }

    long count() {
        return count;
    }
}
