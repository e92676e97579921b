package dev.jangbu.spark.lake;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job: make a former state of the table its current one. */
@Configuration(proxyBeanMethods = false)
class LakeRollbackConfiguration {
    @Bean
    TableRollback tableRollback(
            RunContext context, DataSource dataSource, LakeSettings lake, TableRollback.Target target) {
        return new TableRollback(context, dataSource, lake, target);
    }

    @Bean
    Job job(Steps steps, TableRollback rollback) {
        return steps.job(steps.step("roll_back", LakeFailures.told(rollback::rollBack)));
    }
}
