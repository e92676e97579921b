package dev.jangbu.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real data that is not part of the project: in {@code JANGBU_SAMPLE_DATA}, else in {@code ../shared/data} beside the checkout. */
public final class SampleData {
    private SampleData() {}

    /**
     * The file, or a visible skip of the test where it is absent.
     *
     * @param name such as {@code rees46/2019-Oct-part1.csv.gz}
     */
    public static Path require(String name) {
        Path file = folder().resolve(name);
        Assumptions.assumeTrue(
                Files.exists(file), () -> "skipped: no sample data " + file + "; set JANGBU_SAMPLE_DATA to run this");
        return file;
    }

    private static Path folder() {
        String named = System.getenv().getOrDefault("JANGBU_SAMPLE_DATA", "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        for (Path parent = Path.of("").toAbsolutePath(); parent != null; parent = parent.getParent()) {
            Path beside = parent.resolve("shared").resolve("data");
            if (Files.isDirectory(beside)) {
                return beside;
            }
        }
        return Path.of("../shared/data").toAbsolutePath().normalize();
    }
}
