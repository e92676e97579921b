package dev.jangbu.faults.oracle;

import java.nio.file.Path;
import java.util.List;

/**
 * A window of a shop's orders, and the commands that bring it from a file of invoices into the tables.
 *
 * @param ds the business date it is for
 */
public record Window(String ds, Path invoices) {
    static final String ACCOUNT = "file-online-retail";

    List<String> extract() {
        return List.of(
                "extract-job",
                "orders",
                "--source",
                "online-retail",
                "--input",
                invoices.toString(),
                "--account",
                ACCOUNT,
                "--ds",
                ds);
    }

    public List<String> transform() {
        return List.of("transform-job", "orders", "--account", ACCOUNT, "--ds", ds);
    }

    public List<String> load() {
        return List.of("load-job", "orders", "--account", ACCOUNT, "--ds", ds);
    }

    /** Where its checked files are. */
    public Path clean(Path workspace) {
        return workspace.resolve("clean/orders").resolve(ds).resolve(ACCOUNT);
    }
}
