package dev.jangbu.spark.check;

import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.landing.PartCorrections;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * A part of the landing; travels to the executors, which find its file under the same path.
 *
 * @param number its place in the landing
 * @param corrections the file of its corrections
 */
record Part(int number, String name, String file, String sha256, String corrections, long correctionCount)
        implements Serializable {
    static Part of(int number, LandingPart landing) {
        return new Part(
                number,
                landing.name(),
                landing.file().toString(),
                landing.sha256(),
                landing.corrections().file().toString(),
                landing.corrections().count());
    }

    LandingPart landing() {
        return new LandingPart(name, Path.of(file), sha256, new PartCorrections(Path.of(corrections), correctionCount));
    }

    /** Whether a line in its midst can be reached without reading what lies before it. */
    boolean isSplit() {
        return correctionCount == 0 && !name.endsWith(".gz");
    }
}
