package dev.jangbu.mart.anomalies;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The anomalies of a day: one step that reads and tells. */
@Configuration(proxyBeanMethods = false)
class AnomaliesConfiguration {
    @Bean
    AnomalyReporting anomalyReporting(RunContext context, DataSource dataSource) {
        return new AnomalyReporting(context, Jdbi.create(dataSource), System.out);
    }

    @Bean
    Job job(Steps steps, AnomalyReporting reporting) {
        return steps.job(steps.step("anomalies", reporting::run));
    }
}
