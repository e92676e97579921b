package dev.jangbu.spark.mart;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.mart.build.MartBuildConfiguration;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.spark.session.SparkFailures;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** mart-job's job of one mart and day, its rows computed on Spark before. */
@Configuration(proxyBeanMethods = false)
class MartConfiguration {
    @Bean
    Job job(Steps steps, RunContext context, DataSource dataSource, Mart mart, DayEvents events) {
        context.summary().fact("engine", "spark");
        ComputedRows rows = new ComputedRows(mart, context, Jdbi.create(dataSource), events);
        return steps.job(
                steps.step("compute", SparkFailures.told(rows::compute, "cannot compute " + mart.name())),
                MartBuildConfiguration.build(steps, context, dataSource, mart, rows),
                steps.step("forget", rows::forget));
    }
}
