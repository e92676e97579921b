package dev.jangbu.kit.run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/**
 * Makes the steps and the job of a run. A step holds its own transaction where it writes, so Spring Batch opens none
 * around it; it runs again in a restarted run, because its input may have changed since.
 */
public final class Steps {
    private static final Logger log = LoggerFactory.getLogger(Steps.class);

    private final JobRepository repository;
    private final RunContext context;

    public Steps(JobRepository repository, RunContext context) {
        this.repository = repository;
        this.context = context;
    }

    public Step step(String name, StepWork work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, chunk) -> {
                            timed(name, work);
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .allowStartIfComplete(true)
                .build();
    }

    /** The job of this run: the steps one after the other. */
    public Job job(Step first, Step... next) {
        SimpleJobBuilder builder = new JobBuilder(context.request().job(), repository).start(first);
        for (Step step : next) {
            builder.next(step);
        }
        return builder.build();
    }

    private void timed(String name, StepWork work) throws Exception {
        long start = System.nanoTime();
        log.info("step={} state=started", name);
        work.run();
        log.info("step={} state=done seconds={}", name, Seconds.since(start));
    }
}
