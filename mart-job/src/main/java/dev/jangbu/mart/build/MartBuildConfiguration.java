package dev.jangbu.mart.build;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.mart.definition.Mart;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job of one mart and day: a single step, because what is written and what is checked are one transaction. */
@Configuration(proxyBeanMethods = false)
public class MartBuildConfiguration {
    @Bean
    Jdbi jdbi(DataSource dataSource) {
        return NamedParameters.jdbi(dataSource);
    }

    @Bean
    DayBuild dayBuild(Mart mart, RunContext context, Jdbi jdbi) {
        return new DayBuild(mart, context, new RetriedTransaction(jdbi));
    }

    @Bean
    MartBuild build(Mart mart, RunContext context, DayBuild dayBuild) {
        return new MartBuild(mart, context, dayBuild);
    }

    @Bean
    Job job(Steps steps, MartBuild build) {
        return steps.job(steps.step("build", build::run));
    }
}
