package dev.jangbu.spark.check;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.run.Steps;
import dev.jangbu.spark.session.SparkStart;
import dev.jangbu.transform.EventsConfiguration;
import dev.jangbu.transform.TransformOptions;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** transform-job's job of a day, its lines judged on Spark. */
@Configuration(proxyBeanMethods = false)
class CheckConfiguration {
    @Bean
    Job job(Steps steps, RunContext context, DataSource dataSource, TransformOptions options, SparkStart spark) {
        context.summary().fact("engine", "spark");
        SparkDayJudge judge =
                new SparkDayJudge(context.calendar(), context.businessDate(), spark, SparkDayJudge.PIECE_BYTES);
        return EventsConfiguration.job(steps, context, dataSource, options, judge);
    }
}
