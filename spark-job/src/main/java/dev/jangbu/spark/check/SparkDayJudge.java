package dev.jangbu.spark.check;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.StorageFailure;
import dev.jangbu.spark.session.SparkFailures;
import dev.jangbu.spark.session.SparkStart;
import dev.jangbu.transform.DayJudge;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fast.DayFiles;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.fast.PartOutcome;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a day in pieces, three times over: each part is proven and cut, the lines of each piece give up what they are compared
 * by, and then each piece is written, told what the comparison found. A line is judged twice, where it lies, and never travels.
 * The executors read and write the workspace under the driver's paths.
 */
final class SparkDayJudge implements DayJudge {
    private static final Logger log = LoggerFactory.getLogger(SparkDayJudge.class);

    /** About what a task does in a few seconds. */
    static final long PIECE_BYTES = 64L << 20;

    private final BusinessCalendar calendar;
    private final LocalDate businessDate;
    private final SparkStart spark;
    private final long pieceBytes;

    /** @param pieceBytes how long a piece is at least, unless its part ends */
    SparkDayJudge(BusinessCalendar calendar, LocalDate businessDate, SparkStart spark, long pieceBytes) {
        this.calendar = calendar;
        this.businessDate = businessDate;
        this.spark = spark;
        this.pieceBytes = pieceBytes;
    }

    @Override
    public DayOutcome judge(Contract contract, List<LandingPart> parts, DayFiles files, Progress progress) {
        if (parts.isEmpty()) {
            return new DayOutcome(new Tallies(), List.of());
        }
        return SparkFailures.result(
                () -> judge(spark.session(), Rules.of(contract, calendar, businessDate), parts, files),
                "cannot judge the day");
    }

    private DayOutcome judge(SparkSession session, Rules rules, List<LandingPart> parts, DayFiles files) {
        JavaSparkContext tasks = JavaSparkContext.fromSparkContext(session.sparkContext());
        List<Surveyed> surveyed = survey(tasks, parts, pieceBytes);
        List<Piece> pieces = Surveyed.pieces(surveyed);
        log.info("parts={} pieces={} state=surveyed", parts.size(), pieces.size());
        JavaRDD<Piece> dealt = tasks.parallelize(pieces, pieces.size());
        try (DayComparison day = DayComparison.of(session, dealt, rules)) {
            List<PieceOutcome> written = dealt.zipPartitions(
                            day.found(pieces.size()), new PieceWriting(rules, files.clean(), files.rejects()))
                    .collect();
            return outcome(day.sessions(), surveyed, written, files);
        }
    }

    /** @throws dev.jangbu.kit.exit.JobFailure when a part is not what the manifest says */
    static List<Surveyed> survey(JavaSparkContext tasks, List<LandingPart> parts, long pieceBytes) {
        List<Part> numbered = new ArrayList<>();
        for (LandingPart part : parts) {
            numbered.add(Part.of(numbered.size(), part));
        }
        List<Surveyed> surveyed = tasks.parallelize(numbered, numbered.size())
                .map(new PartSurvey(pieceBytes))
                .collect();
        surveyed.forEach(Surveyed::requireSound);
        return surveyed;
    }

    private static DayOutcome outcome(
            long sessions, List<Surveyed> surveyed, List<PieceOutcome> written, DayFiles files) {
        Tallies tallies = new Tallies();
        tallies.count(Check.FUNNEL_SEQUENCE, sessions);
        List<PartOutcome> outcomes = new ArrayList<>();
        for (PieceOutcome piece : written) {
            tallies.add(piece.count().tallies());
            outcomes.add(
                    outcome(piece, surveyed.get(piece.count().piece().part().number()), files));
        }
        removeOthers(files.clean(), outcomes);
        removeOthers(files.rejects(), outcomes);
        return new DayOutcome(tallies, outcomes);
    }

    private static PartOutcome outcome(PieceOutcome piece, Surveyed part, DayFiles files) {
        PieceCount count = piece.count();
        boolean isFirst = count.piece().nth() == 0;
        return new PartOutcome(
                part.part().landing(),
                count.lines(),
                isFirst ? part.corrected() : 0,
                isFirst ? part.stale() : 0,
                count.rejectedBy(),
                piece.flagged(),
                settle(files.clean(), piece.clean()),
                settle(files.rejects(), piece.rejectedFile()),
                settle(files.rejects(), piece.flaggedFile()));
    }

    private static WrittenFile settle(Path folder, PieceOutcome.Written file) {
        Path target = folder.resolve(file.name());
        try {
            Files.move(folder.resolve(file.written()), target);
            return new WrittenFile(target, file.bytes(), file.sha256());
        } catch (IOException failure) {
            throw StorageFailure.of("cannot write", target, failure);
        }
    }

    /** What tries of tasks left whose piece another try wrote. */
    private static void removeOthers(Path folder, List<PartOutcome> outcomes) {
        Set<Path> named = new HashSet<>();
        for (PartOutcome outcome : outcomes) {
            named.add(outcome.cleanFile().file());
            named.add(outcome.rejectedFile().file());
            named.add(outcome.flaggedFile().file());
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !named.contains(file)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw StorageFailure.of("cannot tidy", folder, failure);
        }
    }
}
