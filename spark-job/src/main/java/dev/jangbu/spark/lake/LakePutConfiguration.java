package dev.jangbu.spark.lake;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.spark.session.SparkFailures;
import dev.jangbu.spark.session.SparkStart;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job: look at the day's files and at what the lake has of it, replace the day. */
@Configuration(proxyBeanMethods = false)
class LakePutConfiguration {
    @Bean
    DayPut dayPut(RunContext context, DataSource dataSource, SparkStart spark, LakeSettings lake) {
        return new DayPut(context, dataSource, spark, lake);
    }

    @Bean
    Job job(Steps steps, DayPut day) {
        return steps.job(
                steps.step("look", SparkFailures.told(LakeFailures.told(day::look), "cannot read the day")),
                steps.step("replace", SparkFailures.told(LakeFailures.told(day::write), "cannot put the day")));
    }
}
