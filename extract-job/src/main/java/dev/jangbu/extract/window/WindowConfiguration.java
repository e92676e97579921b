package dev.jangbu.extract.window;

import dev.jangbu.extract.account.Accounts;
import dev.jangbu.extract.account.CredentialVault;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The job of a shop's dataset: write the window's records, then make them the slice's landing of the day. */
@Configuration(proxyBeanMethods = false)
public class WindowConfiguration {
    @Bean
    Accounts accounts(Database database, CredentialVault vault, RunContext context) {
        return new Accounts(database, vault, context.clock());
    }

    @Bean
    WindowExtraction extraction(
            RunContext context,
            ShopSource source,
            WindowOptions options,
            Accounts accounts,
            LandingFormat format,
            DataSource database) {
        return new WindowExtraction(context, source, options, accounts, format, database);
    }

    @Bean
    Job window(Steps steps, WindowExtraction extraction) {
        return steps.job(steps.step("extract", extraction::write), steps.step("publish", extraction::publish));
    }
}
