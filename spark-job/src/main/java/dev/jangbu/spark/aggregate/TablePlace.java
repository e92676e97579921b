package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.workspace.Manifest;
import java.sql.SQLException;
import java.util.List;

/** Where a day's tables go: the workspace, or a store. */
interface TablePlace {
    /** Removes what a killed run left first. */
    Work begin();

    /** Makes this manifest, and the files it names, the day's; of those before nothing is left. */
    void publish(Manifest manifest) throws SQLException;

    /** What a run writes until it has finished. Closing removes what was not taken over. */
    interface Work extends AutoCloseable {
        /** Where Spark writes a table. */
        String url(String name);

        /** Brings what was written into the run's folder, durable; its entries are ready for the manifest. */
        List<Manifest.Entry> finish();

        @Override
        void close();
    }
}
