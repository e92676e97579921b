package dev.jangbu.spark.aggregate;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.spark.events.DaySource;
import dev.jangbu.spark.session.SparkFailures;
import dev.jangbu.spark.session.SparkStart;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job: read the day's events, compute and write each table, publish all of them. */
@Configuration(proxyBeanMethods = false)
class AggregateConfiguration {
    @Bean
    DaySource daySource(RunContext context, DataSource dataSource, SparkStart spark, EventSource source) {
        return source.of(context, dataSource, spark);
    }

    @Bean
    TablePlace tablePlace(RunContext context, DataSource dataSource, TableTarget target) {
        return target.of(context, dataSource);
    }

    @Bean
    DayAggregation dayAggregation(RunContext context, DaySource source, TablePlace place) {
        return new DayAggregation(context, source, place);
    }

    @Bean
    Job job(Steps steps, DayAggregation day) {
        return steps.job(
                steps.step("read", SparkFailures.told(day::read, "cannot read the day")),
                steps.step("aggregate", SparkFailures.told(day::aggregate, "cannot aggregate the day")),
                steps.step("publish", day::publish));
    }
}
