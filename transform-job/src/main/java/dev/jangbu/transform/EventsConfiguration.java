package dev.jangbu.transform;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.transform.replay.PublishedCorrections;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job: check the day's lines, publish what came of it, give the verdict. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {
    @Bean
    Job job(Steps steps, RunContext context, DataSource dataSource, TransformOptions options) {
        return job(steps, context, dataSource, options, DayJudge.inThisProcess(context));
    }

    /** The job with its lines judged elsewhere; all else is the same. */
    public static Job job(
            Steps steps, RunContext context, DataSource dataSource, TransformOptions options, DayJudge judge) {
        CorrectionSource corrections = connection -> PublishedCorrections.read(context, connection);
        DayCheck check = new DayCheck(context, dataSource, options, corrections, judge);
        Publication publication = new Publication(context, dataSource, check::checked);
        return steps.job(
                steps.step("check", check::run),
                steps.step("publish", publication::publish),
                steps.step("verdict", publication::verdict));
    }
}
