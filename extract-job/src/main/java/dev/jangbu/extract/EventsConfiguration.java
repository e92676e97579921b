package dev.jangbu.extract;

import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job {@code events}: write the day's lines, then make them the day's landing. */
@Configuration(proxyBeanMethods = false)
class EventsConfiguration {
    @Bean
    Extraction extraction(
            RunContext context, EventSource source, LandingFormat format, LateFiles late, DataSource database) {
        return new Extraction(context, source, format, late, database);
    }

    @Bean
    Job events(Steps steps, Extraction extraction) {
        return steps.job(steps.step("extract", extraction::write), steps.step("publish", extraction::publish));
    }
}
