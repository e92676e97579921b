package dev.jangbu.spark.lake;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job: remove days, states and files that are out of time. */
@Configuration(proxyBeanMethods = false)
class LakeRetainConfiguration {
    @Bean
    LakeRetention lakeRetention(
            RunContext context, DataSource dataSource, LakeSettings lake, LakeRetention.Rules rules) {
        return new LakeRetention(context, dataSource, lake, rules);
    }

    @Bean
    Job job(Steps steps, LakeRetention retention) {
        return steps.job(steps.step("retain", LakeFailures.told(retention::retain)));
    }
}
