package dev.jangbu.transform;

import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.ContractReader;
import dev.jangbu.transform.landing.LandingPart;
import java.time.LocalDate;
import java.util.List;

/** What extract-job handed over for a day, and what it is judged by. */
public final class LandingReader {
    private LandingReader() {}

    /** What brings a day of events, as a sentence's end. */
    public static String remedy(LocalDate businessDate) {
        return remedy("events", businessDate);
    }

    /** What brings the landing a run asks for. */
    static String remedy(RunRequest request) {
        String slice = request.slice();
        String account = AccountOptions.accountOf(slice);
        String reconcile = account.equals(slice) ? "" : " --reconcile";
        return remedy(request.dataset() + " --account " + account + reconcile, request.businessDate());
    }

    private static String remedy(String what, LocalDate businessDate) {
        return "run extract-job first: java -jar extract-job/target/extract-job.jar " + what + " --ds " + businessDate;
    }

    /** The contract a day is judged by: the one that was asked for, or the one its landing names. */
    public static Contract contract(TransformOptions options, Manifest landing, DayFolder folder) {
        return options.contract().isEmpty()
                ? ContractReader.read("profile in " + folder.manifestFile(), landing.profile())
                : ContractReader.read("--contract", options.contract());
    }

    /** In the manifest's order, without corrections. */
    public static List<LandingPart> parts(DayFolder landing, Manifest manifest) {
        return manifest.files().stream()
                .map(entry -> new LandingPart(entry.path(), landing.resolve(entry), entry.sha256()))
                .toList();
    }
}
