package dev.jangbu.mart.build;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.mart.definition.Mart;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job of one mart and day: a single step, because what is written and what is checked are one transaction. */
@Configuration(proxyBeanMethods = false)
public class MartBuildConfiguration {
    @Bean
    Job job(Steps steps, RunContext context, DataSource dataSource, Mart mart) {
        return steps.job(build(steps, context, dataSource, mart, DayRows.byQuery()));
    }

    /** The step with rows that come from elsewhere; all else of the build is the same. */
    public static Step build(Steps steps, RunContext context, DataSource dataSource, Mart mart, DayRows rows) {
        RetriedTransaction transaction = new RetriedTransaction(NamedParameters.jdbi(dataSource));
        MartBuild build = new MartBuild(mart, context, new DayBuild(mart, context, transaction, rows));
        return steps.step("build", build::run);
    }
}
