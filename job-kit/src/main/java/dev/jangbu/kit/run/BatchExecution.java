package dev.jangbu.kit.run;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.SqlFailures;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One execution of the run's Spring Batch job. The generation is part of the job instance's identity: it grows after a
 * COMPLETED run, so that a finished day can be run again, and stays after a failed or killed one, which resumes.
 */
final class BatchExecution {
    private final RunContext context;
    private final Database database;
    private final RunLock lock;

    BatchExecution(RunContext context, Database database, RunLock lock) {
        this.context = context;
        this.database = database;
        this.lock = lock;
    }

    /** Returns when the job is COMPLETED; throws the failure of the step that ended it otherwise. */
    void run(ConfigurableApplicationContext spring) {
        try {
            SpringStart.register(spring, context);
            SpringStart.register(spring, database);
            JobRepository repository = spring.getBean(JobRepository.class);
            JobOperator operator = spring.getBean(JobOperator.class);
            JobParameters parameters = parameters(generation(repository, operator));
            JobExecution execution = operator.start(spring.getBean(Job.class), parameters);
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                throw failure(execution);
            }
        } catch (JobExecutionException refused) {
            throw new JobFailure(
                    ExitCode.FAILED,
                    "Spring Batch refused " + context.request().identity() + ": " + refused.getMessage(),
                    refused);
        } catch (SQLException failure) {
            throw SqlFailures.explain(failure, "cannot find the run before");
        }
    }

    private int generation(JobRepository repository, JobOperator operator) throws SQLException {
        int generation = lock.generation();
        @Nullable
        JobExecution last = repository.getLastJobExecution(context.request().job(), parameters(generation));
        if (last == null) {
            forgetUnstarted(repository, generation);
            return generation;
        }
        if (last.isRunning()) {
            // We hold the lock, so the process that left it running is dead.
            operator.recover(last);
            return generation;
        }
        if (last.getStatus() == BatchStatus.FAILED || last.getStatus() == BatchStatus.STOPPED) {
            endSteps(repository, last);
            return generation;
        }
        lock.moveTo(generation + 1);
        return generation + 1;
    }

    /**
     * Spring Batch writes a job instance and its execution in two transactions, and refuses for good an instance that a
     * run killed between the two left without one.
     */
    private void forgetUnstarted(JobRepository repository, int generation) {
        @Nullable
        JobInstance unstarted = repository.getJobInstance(context.request().job(), parameters(generation));
        if (unstarted != null) {
            repository.deleteJobInstance(unstarted);
        }
    }

    /**
     * A run that lost the database may have written its own end and not that of its step; Spring Batch takes such a step
     * for one that still runs, and refuses to go on for good.
     */
    private static void endSteps(JobRepository repository, JobExecution last) {
        @Nullable LocalDateTime end = last.getEndTime();
        for (StepExecution step : last.getStepExecutions()) {
            if (step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN) {
                step.setStatus(BatchStatus.FAILED);
                step.setExitStatus(ExitStatus.FAILED);
                if (end != null) {
                    step.setEndTime(end);
                }
                repository.update(step);
            }
        }
    }

    private JobParameters parameters(int generation) {
        RunRequest request = context.request();
        return new JobParametersBuilder()
                .addString("dataset", request.dataset())
                .addString("slice", request.slice())
                .addLocalDate("ds", request.businessDate())
                .addLong("generation", (long) generation)
                .addString("run_id", context.runId(), false)
                .addString("attempt", request.attempt(), false)
                .toJobParameters();
    }

    private static RuntimeException failure(JobExecution execution) {
        List<Throwable> failures = execution.getAllFailureExceptions();
        if (failures.isEmpty()) {
            return new JobFailure(ExitCode.FAILED, "the job ended " + execution.getStatus());
        }
        Throwable first = failures.get(0);
        return first instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(first);
    }
}
