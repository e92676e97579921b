package dev.jangbu.kit.run;

import dev.jangbu.kit.workspace.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An empty day's manifest, as a run would write it. */
final class ManifestFixture {
    private ManifestFixture() {}

    static Manifest of(RunContext context) {
        RunRequest request = context.request();
        return new Manifest(
                request.job(),
                request.dataset(),
                request.slice(),
                request.businessDate(),
                "files",
                "default",
                0,
                0,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                "test",
                context.runId(),
                context.fence().token(),
                Instant.EPOCH);
    }
}
