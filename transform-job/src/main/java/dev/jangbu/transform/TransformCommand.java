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
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code java -jar transform-job.jar events --ds 2026-01-15}: checks a day's landing. Exit codes: 0 the day passed, 10 it
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

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATASET", description = "events")
    private String dataset = "none given";

    @Mixin
    private DayOptions days = new DayOptions();

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
        TransformOptions transform = judging.read();
        return days.forEachDay(day -> transform(day, transform));
    }

    static void requireKnown(String dataset) {
        if (!EVENTS.equals(dataset)) {
            throw new JobFailure(ExitCode.USAGE, "dataset: " + dataset + " (expected: " + EVENTS + ")");
        }
    }

    private ExitCode transform(LocalDate day, TransformOptions transform) {
        RunRequest request = options.request(JOB, EVENTS, RunRequest.WHOLE, day);
        if (options.isDryRun()) {
            return tell(request, transform);
        }
        return JobRunner.ofProcess(options.isVerbose()).run(request, EventsConfiguration.class, transform);
    }

    private ExitCode tell(RunRequest request, TransformOptions transform) {
        DayFolder landing = request.workspace().landing(EVENTS, request.slice(), request.businessDate());
        Manifest manifest = landing.read(LandingReader.remedy(request.businessDate()));
        String judgedBy = transform.contract().isEmpty() ? manifest.profile() : transform.contract();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "would check %,d lines in %d files of %s by contract %s, and write clean, rejects and %s; nothing done%n",
                manifest.rows(),
                manifest.files().size(),
                landing.path(),
                judgedBy,
                request.workspace().qualityReport(EVENTS, request.slice(), request.businessDate()));
        out.flush();
        return ExitCode.DONE;
    }
}
