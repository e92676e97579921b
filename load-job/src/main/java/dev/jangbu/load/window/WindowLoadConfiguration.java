package dev.jangbu.load.window;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The load of one account's window, in running order: merge it, then refresh the planner's statistics. */
@Configuration(proxyBeanMethods = false)
public class WindowLoadConfiguration {
    @Bean
    public Job job(Steps steps, RunContext context, Database database) {
        WindowMerge merge = new WindowMerge(context, database);
        return steps.job(steps.step("merge_window", merge::run), steps.step("analyze", merge::analyze));
    }
}
