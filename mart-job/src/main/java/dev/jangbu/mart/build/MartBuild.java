package dev.jangbu.mart.build;

import dev.jangbu.kit.run.RunContext;
import dev.jangbu.mart.definition.Check;
import dev.jangbu.mart.definition.Mart;

/** Replaces the day of the run, and tells what came of it. */
final class MartBuild {
    private final Mart mart;
    private final RunContext context;
    private final DayBuild build;

    MartBuild(Mart mart, RunContext context, DayBuild build) {
        this.mart = mart;
        this.context = context;
        this.build = build;
    }

    void run() {
        tell(build.run(context.businessDate()));
    }

    private void tell(DayBuild.Built built) {
        context.summary()
                .fact("rows", built.inserted())
                .fact("rows_before", built.deleted())
                .fact("source_rows", built.load().rows())
                .fact("load_run", built.load().runId());
        built.outcomes().forEach(outcome -> outcome.facts().forEach(context.summary()::fact));
        built.warnings().forEach(warning -> warning.log(mart.name(), context.businessDate()));
        context.summary()
                .fact("warnings", built.warnings().size())
                .fact(
                        "checks",
                        built.outcomes().stream()
                                .filter(outcome -> outcome.check().kind() != Check.Kind.FACT)
                                .map(CheckOutcome::summary)
                                .toList())
                .fact("insert_seconds", built.insertSeconds())
                .fact("check_seconds", built.checkSeconds());
    }
}
