package dev.jangbu.load.erase;

import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.load.retention.Policy;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;

/**
 * What the days of one erasure share.
 *
 * @param id of the erasure
 * @param today the business date of now: what a law wanted kept until before it is not held any more
 */
record Erasing(
        String id,
        Subject subject,
        Policy policy,
        LocalDate today,
        Workspace workspace,
        Map<String, String> environment,
        Clock clock) {
    Erasing {
        environment = Map.copyOf(environment);
    }
}
