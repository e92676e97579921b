package dev.jangbu.kit.run;

import dev.jangbu.kit.exit.JobFailure;

/** What one step does. Whatever it throws fails the run; a {@link JobFailure} says how. */
@FunctionalInterface
public interface StepWork {
    void run() throws Exception;
}
