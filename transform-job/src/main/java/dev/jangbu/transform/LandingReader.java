package dev.jangbu.transform;

import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.landing.LandingPart;
import java.time.LocalDate;
import java.util.List;

/** What extract-job handed over for a day. */
final class LandingReader {
    private LandingReader() {}

    static String remedy(LocalDate businessDate) {
        return "run extract-job first: java -jar extract-job/target/extract-job.jar events --ds " + businessDate;
    }

    static List<LandingPart> parts(DayFolder landing, Manifest manifest) {
        return manifest.files().stream()
                .map(entry -> new LandingPart(entry.path(), landing.resolve(entry), entry.sha256()))
                .toList();
    }
}
