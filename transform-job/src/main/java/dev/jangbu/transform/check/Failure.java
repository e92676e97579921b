package dev.jangbu.transform.check;

import dev.jangbu.transform.contract.Check;

/**
 * One check a record failed.
 *
 * @param reason {@code field: value (expected: …)}, fit for logs: cut short, without personal data
 */
public record Failure(Check check, String reason) {}
