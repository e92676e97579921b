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
    DayReplacement dayReplacement(RunContext context, Database database) {
        return new DayReplacement(context, database);
    }

    @Bean
    Job job(Steps steps, DayReplacement replacement) {
        return steps.job(steps.step("replace_day", replacement::run), steps.step("analyze", replacement::analyze));
    }
}
