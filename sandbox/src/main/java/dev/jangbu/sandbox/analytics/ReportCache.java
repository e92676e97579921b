package dev.jangbu.sandbox.analytics;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Reports between their pages: at most 600,000 rows in all, about 200 bytes each. Thread-safe. */
final class ReportCache {
    private static final int LIMIT = 600_000;

    private final Map<Object, Report> reports = new LinkedHashMap<>(16, 0.75f, true);
    private long rows;

    /** @param key all that the report depends on */
    synchronized Report get(Object key, Supplier<Report> made) {
        Report known = reports.get(key);
        if (known != null) {
            return known;
        }
        Report fresh = made.get();
        reports.put(key, fresh);
        rows += 1 + fresh.rows().size();
        Iterator<Report> oldest = reports.values().iterator();
        while (rows > LIMIT && reports.size() > 1) {
            rows -= 1 + oldest.next().rows().size();
            oldest.remove();
        }
        return fresh;
    }
}
