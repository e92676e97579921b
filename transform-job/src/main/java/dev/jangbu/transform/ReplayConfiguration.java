package dev.jangbu.transform;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.transform.replay.ReplayOptions;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A replay: make the corrections, check the day with them, put them in force, then publish as any run does. */
@Configuration(proxyBeanMethods = false)
class ReplayConfiguration {
    @Bean
    ReplayRun replayRun(RunContext context, DataSource dataSource, TransformOptions options, ReplayOptions replay) {
        return new ReplayRun(context, dataSource, options, replay);
    }

    @Bean
    DayCheck dayCheck(RunContext context, DataSource dataSource, TransformOptions options, ReplayRun replay) {
        DayJudge judge = DayJudge.inThisProcess(context);
        return new DayCheck(context, dataSource, options, connection -> replay.corrections(), judge);
    }

    @Bean
    Publication publication(RunContext context, DataSource dataSource, DayCheck check) {
        return new Publication(context, dataSource, check::checked);
    }

    @Bean
    Job job(Steps steps, ReplayRun replay, DayCheck check, Publication publication) {
        return steps.job(
                steps.step("correct", replay::correct),
                steps.step("check", check::run),
                steps.step("record", () -> replay.record(check)),
                steps.step("publish", publication::publish),
                steps.step("verdict", publication::verdict));
    }
}
