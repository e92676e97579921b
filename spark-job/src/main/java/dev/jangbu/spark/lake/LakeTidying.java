package dev.jangbu.spark.lake;

import java.time.Instant;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.Table;

/**
 * Takes away what is not the table's present state: former states, with what only they name, and files nothing names. Only
 * for who has the table alone ({@link LakeLock#alone}).
 */
public final class LakeTidying {
    private final Table table;
    private final Configuration configuration;

    public LakeTidying(EventsTable events, LakeSettings lake) {
        this.table = events.table();
        this.configuration = lake.configuration();
    }

    /**
     * What went.
     *
     * @param states of the table's history
     * @param files that no state named
     */
    public record Tidied(long states, long files) {}

    /**
     * Leaves the present state and nothing else, whatever its age. Manifests are written anew, for they also name files
     * that were taken out, with the least and greatest values that were in them.
     *
     * @param run that does it, for the history
     * @param now files written since are not looked at
     */
    public Tidied forgetAll(String run, Instant now) {
        if (!EventsTable.NO_BOUNDS.getValue().equals(table.properties().get(EventsTable.NO_BOUNDS.getKey()))) {
            table.updateProperties()
                    .set(EventsTable.NO_BOUNDS.getKey(), EventsTable.NO_BOUNDS.getValue())
                    .commit();
        }
        if (table.currentSnapshot() == null) {
            return new Tidied(0, unnamed().remove(now));
        }
        RewriteManifests rewriting = table.rewriteManifests().clusterBy(file -> EventsTable.NAME);
        LakeSnapshot.ofForgetting(run).forEach(rewriting::set);
        rewriting.commit();
        return new Tidied(forget(Instant.now().plusMillis(1)), unnamed().remove(now));
    }

    /** Forgets states made before, but never the present one; returns how many. */
    long forget(Instant madeBefore) {
        table.refresh();
        long before = states();
        table.expireSnapshots()
                .expireOlderThan(madeBefore.toEpochMilli())
                .retainLast(1)
                .commit();
        table.refresh();
        return before - states();
    }

    UnnamedFiles unnamed() {
        return new UnnamedFiles(table, configuration);
    }

    private long states() {
        return StreamSupport.stream(table.snapshots().spliterator(), false).count();
    }
}
