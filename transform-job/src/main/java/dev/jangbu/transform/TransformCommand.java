package dev.jangbu.transform;

import dev.jangbu.kit.command.CommandRunner;
import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.records.RecordContractReader;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code java -jar transform-job.jar events --ds 2026-01-15} checks a day's landing, {@code orders --account
 * cafe24-hlogdemo --ds 2026-01-15} what an account's extraction brought that day. Exit codes: 0 the day passed, 10 it
 * did not (a verdict, not a crash), 1 failed, 2 bad arguments, settings or contract, 11 database away, 12 day held.
 */
@Command(
        name = "transform-job",
        description = "Checks a day's raw lines; writes clean CSV, rejects with reasons, and a quality report.",
        subcommands = ReplayCommand.class,
        sortOptions = false)
public final class TransformCommand implements Callable<ExitCode> {
    static final String JOB = "transform-job";
    static final String EVENTS = "events";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DATASET",
            description = "events; of an account: orders, refunds, products, coupons, web-traffic, card-sales")
    private String dataset = "none given";

    @Mixin
    private DayOptions days = new DayOptions();

    @Mixin
    private AccountOptions account = new AccountOptions();

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public static void main(String[] args) {
        System.exit(CommandRunner.run(new TransformCommand(), args));
    }

    @Override
    public ExitCode call() {
        requireKnown(dataset);
        String slice = account.slice(dataset);
        TransformOptions transform = judging.read(dataset);
        return days.forEachDay(day -> transform(options.request(JOB, dataset, slice, day), transform));
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} for any other dataset */
    static void requireEvents(String dataset) {
        if (!EVENTS.equals(dataset)) {
            throw new JobFailure(ExitCode.USAGE, "dataset: " + dataset + " (expected: " + EVENTS + ")");
        }
    }

    private static void requireKnown(String dataset) {
        if (!EVENTS.equals(dataset) && !Datasets.OF_ACCOUNTS.contains(dataset)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "dataset: " + dataset + " (expected: " + EVENTS + ", " + String.join(", ", Datasets.OF_ACCOUNTS)
                            + ")");
        }
    }

    private ExitCode transform(RunRequest request, TransformOptions transform) {
        if (options.isDryRun()) {
            return tell(request, transform);
        }
        Class<?> configuration =
                EVENTS.equals(request.dataset()) ? EventsConfiguration.class : RecordsConfiguration.class;
        return JobRunner.ofProcess(options.isVerbose()).run(request, configuration, transform);
    }

    private ExitCode tell(RunRequest request, TransformOptions transform) {
        boolean isEvents = EVENTS.equals(request.dataset());
        DayFolder landing = request.workspace().landing(request.dataset(), request.slice(), request.businessDate());
        Manifest manifest =
                landing.read(isEvents ? LandingReader.remedy(request.businessDate()) : LandingReader.remedy(request));
        String packaged = isEvents
                ? manifest.profile()
                : RecordContractReader.packaged(request.dataset(), manifest.profile())
                        .name();
        String judgedBy = transform.contract().isEmpty() ? packaged : transform.contract();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "would check %,d lines in %d files of %s by contract %s, and write clean, rejects and %s; nothing done%n",
                manifest.rows(),
                manifest.files().size(),
                landing.path(),
                judgedBy,
                request.workspace().qualityReport(request.dataset(), request.slice(), request.businessDate()));
        out.flush();
        return ExitCode.DONE;
    }
}
