package dev.jangbu.faults.site;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM a job that stays, started when its job is first asked for; a process a command where that is not possible. Of one
 * thread.
 */
public final class Residents implements AutoCloseable {
    private final Site site;
    private final Map<String, Resident> residents = new HashMap<>();

    public Residents(Site site) {
        this.site = site;
    }

    /** Runs a job that has no reason to fail. */
    public void must(List<String> command) throws IOException, InterruptedException {
        String job = command.get(0);
        if (!site.canReside(job)) {
            site.must(command);
            return;
        }
        if (!residents.containsKey(job)) {
            residents.put(job, site.reside(job));
        }
        Ended ended = residents.get(job).run(command);
        if (ended.exitCode() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + ": exit " + ended.exitCode() + " (expected: 0)\n" + ended.output());
        }
    }

    @Override
    public void close() {
        residents.values().forEach(Resident::close);
    }
}
