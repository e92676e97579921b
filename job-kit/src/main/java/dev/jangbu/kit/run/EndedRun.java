package dev.jangbu.kit.run;

import java.math.BigDecimal;

/** A run of another process, as its row tells how it ended. */
record EndedRun(String runId, RunResult result, BigDecimal seconds) {}
