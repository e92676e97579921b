package dev.jangbu.transform;

import dev.jangbu.kit.command.DayOptions;
import dev.jangbu.kit.command.RunOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.JobRunner;
import dev.jangbu.kit.run.RunRequest;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fix.Fix;
import dev.jangbu.transform.fix.FixReader;
import dev.jangbu.transform.landing.Correction;
import dev.jangbu.transform.landing.CorrectionSet;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.replay.Corrected;
import dev.jangbu.transform.replay.Correcting;
import dev.jangbu.transform.replay.PublishedCorrections;
import dev.jangbu.transform.replay.ReplayOptions;
import dev.jangbu.transform.replay.ReplayStory;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code transform-job.jar replay events --ds D --mapping fix.yml}: corrects rejected lines by rules and checks the whole
 * day again. Exit codes are those of a check: 0 the day passed, 10 it did not.
 */
@Command(
        name = "replay",
        description = {
            "Does rejected lines of a day again: corrects them by the rules of --mapping, and checks the whole day.",
            "The landing stays as it is; what was corrected is kept beside it, and stays in force for every later run."
        },
        sortOptions = false)
final class ReplayCommand implements Callable<ExitCode> {
    private static final int LONGEST = 500;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "DATASET", description = "events")
    private String dataset = TransformCommand.EVENTS;

    /** Taken so that whoever replays an account's records is told why not, and not that there is no such option. */
    @Option(names = "--account", hidden = true)
    private @Nullable String account;

    @Mixin
    private DayOptions days = new DayOptions();

    @Option(
            names = "--reason",
            paramLabel = "CHECK",
            split = ",",
            description = "Only lines that failed this check, such as value_range; may be given again (default: all).")
    private List<String> reasons = new ArrayList<>();

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "The rules, a YAML file. Without it nothing is corrected and the day is checked again.")
    private @Nullable String mapping;

    @Option(names = "--why", paramLabel = "TEXT", description = "Why, for the record (default: what the mapping says).")
    private @Nullable String why;

    @Option(names = "--by", paramLabel = "NAME", description = "Who, for the record (default: the user).")
    private @Nullable String by;

    @Option(names = "--discard", description = "Take back all corrections of the day, and check it again.")
    private boolean discard;

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public ExitCode call() {
        requireReplayable();
        TransformOptions transform = judging.read(dataset);
        ReplayOptions replay = replay();
        return days.forEachDay(day -> replay(day, transform, replay));
    }

    private void requireReplayable() {
        if (Datasets.OF_ACCOUNTS.contains(dataset)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "dataset: " + dataset + " (expected: events; what was rejected of an account is put right at the"
                            + " platform, and a later window reads it again)");
        }
        TransformCommand.requireEvents(dataset);
        if (account != null) {
            throw new JobFailure(
                    ExitCode.USAGE, "--account: " + account + " (expected: none, for events are of the whole shop)");
        }
    }

    private ReplayOptions replay() {
        if (discard && (mapping != null || !reasons.isEmpty())) {
            throw new JobFailure(
                    ExitCode.USAGE, "--discard: beside --mapping or --reason (expected: alone; replay again after it)");
        }
        @Nullable Fix fix = mapping == null ? null : FixReader.read("--mapping", mapping);
        String reason = why != null ? why : fix == null ? "" : fix.why();
        String name = by != null ? by : System.getProperty("user.name", "");
        return new ReplayOptions(
                reasons.stream().map(ReplayCommand::check).toList(),
                fix,
                discard,
                requireLine("--by", name, false),
                requireLine("--why", reason, true));
    }

    private static Check check(String name) {
        return Check.ALL.stream()
                .filter(check -> check.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new JobFailure(
                        ExitCode.USAGE,
                        "--reason: " + name + " (expected: one of "
                                + Check.ALL.stream().map(Check::id).collect(Collectors.joining(", ")) + ")"));
    }

    private static String requireLine(String option, String value, boolean mayBeEmpty) {
        String text = value.strip();
        if ((text.isEmpty() && !mayBeEmpty)
                || text.length() > LONGEST
                || text.chars().anyMatch(Character::isISOControl)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    option + ": " + text.length() + " characters (expected: one line of " + (mayBeEmpty ? "" : "1 to ")
                            + LONGEST + " characters at most)");
        }
        return text;
    }

    private ExitCode replay(LocalDate day, TransformOptions transform, ReplayOptions replay) {
        RunRequest request = options.request(TransformCommand.JOB, dataset, RunRequest.WHOLE, day);
        if (options.isDryRun()) {
            return tell(request, transform, replay);
        }
        return JobRunner.ofProcess(options.isVerbose()).run(request, ReplayConfiguration.class, transform, replay);
    }

    private ExitCode tell(RunRequest request, TransformOptions transform, ReplayOptions replay) {
        LocalDate day = request.businessDate();
        DayFolder folder = request.workspace().landing(dataset, request.slice(), day);
        Manifest landing = folder.read(LandingReader.remedy(day));
        Contract judgedBy = LandingReader.contract(transform, landing, folder);
        CorrectionSet inForce =
                PublishedCorrections.read(request.workspace().corrections(dataset, request.slice(), day));
        EventChecker checker = new EventChecker(judgedBy, BusinessCalendar.from(System.getenv()), day);
        Corrected corrected = new Correcting(replay, "dry-run", judgedBy, checker, inForce)
                .run(
                        LandingReader.parts(folder, landing),
                        ReplayRun.rejects(request.workspace().rejects(dataset, request.slice(), day)),
                        new Nowhere());
        PrintWriter out = spec.commandLine().getOut();
        new ReplayStory(replay, corrected).preview().forEach(out::println);
        out.flush();
        return ExitCode.DONE;
    }

    /** A dry run keeps no corrections. */
    private static final class Nowhere implements Correcting.Sink {
        @Override
        public void take(LandingPart part, Correction correction, boolean isNew) {}

        @Override
        public void end(LandingPart part) {}
    }
}
