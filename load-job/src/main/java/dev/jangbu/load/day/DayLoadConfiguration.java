package dev.jangbu.load.day;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The load of one day, in running order: replace the day, then refresh the planner's statistics. */
@Configuration(proxyBeanMethods = false)
public class DayLoadConfiguration {
    @Bean
    public Job job(Steps steps, RunContext context, Database database) {
        DayReplacement replacement = new DayReplacement(context, database);
        return steps.job(steps.step("replace_day", replacement::run), steps.step("analyze", replacement::analyze));
    }
}
