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
class EventsConfiguration {
    @Bean
    DayCheck dayCheck(RunContext context, DataSource dataSource, TransformOptions options) {
        return new DayCheck(context, dataSource, options, connection -> PublishedCorrections.read(context, connection));
    }

    @Bean
    Publication publication(RunContext context, DataSource dataSource, DayCheck check) {
        return new Publication(context, dataSource, check::checked);
    }

    @Bean
    Job job(Steps steps, DayCheck check, Publication publication) {
        return steps.job(
                steps.step("check", check::run),
                steps.step("publish", publication::publish),
                steps.step("verdict", publication::verdict));
    }
}
