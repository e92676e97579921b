package dev.jangbu.spark.lake;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.spark.session.SparkFailures;
import dev.jangbu.spark.session.SparkStart;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job: write a day's former rows again. */
@Configuration(proxyBeanMethods = false)
class LakeRestoreConfiguration {
    @Bean
    DayRestore dayRestore(RunContext context, DataSource dataSource, SparkStart spark, LakeSettings lake, AsOf asOf) {
        return new DayRestore(context, dataSource, spark, lake, asOf);
    }

    @Bean
    Job job(Steps steps, DayRestore day) {
        return steps.job(
                steps.step("restore", SparkFailures.told(LakeFailures.told(day::restore), "cannot restore the day")));
    }
}
