package dev.jangbu.mart.report;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The report of a day: one step that reads and tells. */
@Configuration(proxyBeanMethods = false)
class ReportConfiguration {
    @Bean
    DayReporting dayReporting(RunContext context, DataSource dataSource, Terminal terminal, ReportOptions options) {
        return new DayReporting(context, Jdbi.create(dataSource), terminal, options);
    }

    @Bean
    Job job(Steps steps, DayReporting reporting) {
        return steps.job(steps.step("report", reporting::run));
    }
}
