package dev.jangbu.load;

import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.load.day.DayLoadConfiguration;
import dev.jangbu.load.window.WindowLoadConfiguration;
import java.sql.SQLException;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The load of one slice, by the method its dataset is loaded by; Spring Batch knows one job in a run. */
@Configuration(proxyBeanMethods = false)
public class LoadConfiguration {
    @Bean
    Job job(Steps steps, RunContext context, Database database) throws SQLException {
        return switch (LoadMethod.of(database, context.dataset())) {
            case REPLACE_DAY -> new DayLoadConfiguration().job(steps, context, database);
            case MERGE_WINDOW -> new WindowLoadConfiguration().job(steps, context, database);
        };
    }
}
