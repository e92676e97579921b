package dev.jangbu.mart.build;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.mart.definition.Mart;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job of one mart and all its touched days: a single step, whose days are a transaction each. */
@Configuration(proxyBeanMethods = false)
public class TouchedBuildConfiguration {
    @Bean
    Jdbi jdbi(DataSource dataSource) {
        return NamedParameters.jdbi(dataSource);
    }

    @Bean
    TouchedBuild build(Mart mart, RunContext context, Jdbi jdbi) {
        DayBuild dayBuild = new DayBuild(mart, context, new RetriedTransaction(jdbi), DayRows.byQuery());
        return new TouchedBuild(mart, context, new TouchedDays(mart, jdbi), dayBuild);
    }

    @Bean
    Job job(Steps steps, TouchedBuild build) {
        return steps.job(steps.step("build_touched", build::run));
    }
}
