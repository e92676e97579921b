package dev.jangbu.transform;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job for an account's records: check them, publish what came of it, give the verdict. */
@Configuration(proxyBeanMethods = false)
class RecordsConfiguration {
    @Bean
    RecordsDayCheck check(RunContext context, DataSource dataSource, TransformOptions options) {
        return new RecordsDayCheck(context, dataSource, options);
    }

    @Bean
    Publication publication(RunContext context, DataSource dataSource, RecordsDayCheck check) {
        return new Publication(context, dataSource, check::checked);
    }

    @Bean
    Job job(Steps steps, RecordsDayCheck check, Publication publication) {
        return steps.job(
                steps.step("check", check::run),
                steps.step("publish", publication::publish),
                steps.step("verdict", publication::verdict));
    }
}
