package dev.jangbu.spark.lake;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job: remove files that no state of the table names. */
@Configuration(proxyBeanMethods = false)
class LakeTidyConfiguration {
    @Bean
    Job job(Steps steps, RunContext context, DataSource dataSource, LakeSettings lake, LakeTidyCommand.Age age) {
        LakeSettings held = lake.as(context.runId(), context.fence());
        return steps.job(steps.step(
                "tidy",
                LakeFailures.told(() -> LakeLock.alone(dataSource, () -> {
                    try (LakeCatalog catalog = held.open()) {
                        int removed = EventsTable.find(catalog)
                                .map(events -> new LakeTidying(events, held)
                                        .unnamed()
                                        .remove(context.clock().instant().minus(age.least())))
                                .orElse(0);
                        context.summary().fact("files", removed);
                    }
                }))));
    }
}
