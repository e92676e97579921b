package dev.jangbu.sandbox.control;

import dev.jangbu.sandbox.shop.Scenario;
import java.time.Instant;

/**
 * What a reset asks for.
 *
 * @param isRunning whether the clock runs with the machine's
 */
public record StageSettings(long seed, Scenario scenario, Instant now, boolean isRunning) {}
