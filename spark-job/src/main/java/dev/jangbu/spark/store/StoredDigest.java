package dev.jangbu.spark.store;

import dev.jangbu.spark.events.CheckedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.HashMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;

/** The sha256 of a file in a store, where the task runs. */
final class StoredDigest implements Function<String, String> {
    @Serial
    private static final long serialVersionUID = 1;

    private final String store;
    private final HashMap<String, String> hadoop;

    StoredDigest(Store store) {
        this.store = store.url();
        this.hadoop = new HashMap<>(store.hadoop());
    }

    @Override
    public String call(String url) throws IOException {
        try (InputStream bytes = new Store(store, hadoop).files().open(new Path(url))) {
            return CheckedFiles.digest(bytes);
        }
    }
}
