package dev.jangbu.faults.oracle;

import java.nio.file.Path;
import java.util.List;

/**
 * A window of an acquirer's card sales, and the commands that bring it from its table to the marts.
 *
 * @param ds the business date it is for
 */
public record CardWindow(String ds) {
    static final String ACCOUNT = "mysql-acquirer";
    private static final String DATASET = "card-sales";

    public List<String> extract() {
        return List.of("extract-job", DATASET, "--account", ACCOUNT, "--ds", ds);
    }

    public List<String> transform() {
        return List.of("transform-job", DATASET, "--account", ACCOUNT, "--ds", ds);
    }

    public List<String> load() {
        return List.of("load-job", DATASET, "--account", ACCOUNT, "--ds", ds);
    }

    /** The marts of all days that loads changed. */
    List<String> marts() {
        return List.of("mart-job", "build", "--dataset", DATASET, "--touched", "--ds", ds);
    }

    /** @param area {@code landing} or {@code clean} */
    public Path folder(Path workspace, String area) {
        return workspace.resolve(area).resolve(DATASET).resolve(ds).resolve(ACCOUNT);
    }
}
