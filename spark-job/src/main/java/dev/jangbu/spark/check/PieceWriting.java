package dev.jangbu.spark.check;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.check.Verdict;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.fast.CleanHeader;
import dev.jangbu.transform.fast.LineFailures;
import dev.jangbu.transform.fast.Place;
import dev.jangbu.transform.landing.PartLines;
import dev.jangbu.transform.output.BackgroundForce;
import dev.jangbu.transform.output.PartFile;
import dev.jangbu.transform.output.WrittenFile;
import dev.jangbu.transform.reject.RefusedLine;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Judges the lines of a piece, told what was found of them beside the others, and writes its three files. */
final class PieceWriting implements FlatMapFunction2<Iterator<Piece>, Iterator<Tuple2<Long, Found>>, PieceOutcome> {
    @Serial
    private static final long serialVersionUID = 1;

    private final Rules rules;
    private final String cleanFolder;
    private final String rejectsFolder;

    PieceWriting(Rules rules, Path cleanFolder, Path rejectsFolder) {
        this.rules = rules;
        this.cleanFolder = cleanFolder.toString();
        this.rejectsFolder = rejectsFolder.toString();
    }

    @Override
    public Iterator<PieceOutcome> call(Iterator<Piece> pieces, Iterator<Tuple2<Long, Found>> found)
            throws IOException, InterruptedException {
        List<PieceOutcome> outcomes = new ArrayList<>();
        while (pieces.hasNext()) {
            outcomes.add(write(pieces.next(), new FoundLines(found)));
        }
        return outcomes.iterator();
    }

    private PieceOutcome write(Piece piece, FoundLines found) throws IOException, InterruptedException {
        try (BackgroundForce force = new BackgroundForce();
                PartLines lines = piece.lines()) {
            Files files = new Files(piece, force);
            EventChecker checker = rules.checker();
            for (PartLines.Line line = lines.next(); line != null; line = lines.next()) {
                files.add(line, LineKeys.check(checker, line), found.at(Place.of(piece.number(), line.number())));
            }
            PieceOutcome outcome = files.finish();
            force.await();
            return outcome;
        }
    }

    /** The three files of a piece, and their books. */
    private final class Files {
        private final Piece piece;
        private final NamedFile clean;
        private final NamedFile rejected;
        private final NamedFile flagged;
        private final Tallies tallies = new Tallies();
        private final Map<Check, Long> rejectedBy = new EnumMap<>(Check.class);
        private long records;
        private long flaggedRecords;

        Files(Piece piece, BackgroundForce force) {
            this.piece = piece;
            this.clean = NamedFile.of(cleanFolder, "part-" + piece.label() + ".csv", force);
            this.rejected = NamedFile.of(rejectsFolder, "rejected-" + piece.label() + ".jsonl", force);
            this.flagged = NamedFile.of(rejectsFolder, "flagged-" + piece.label() + ".jsonl", force);
            clean.file().append(CleanHeader.line());
        }

        void add(PartLines.Line line, CheckedLine checked, Found found) {
            records++;
            tallies.count(checked);
            List<Failure> failures = LineFailures.of(checked, found.isRepeated(), found.otherPlatform(checked));
            failures.forEach(failure -> tallies.fail(failure, piece.part().name(), line.number()));
            Failure funnel = found.funnel().failure();
            if (funnel != null && found.isWhereSessionFails()) {
                tallies.fail(funnel, piece.part().name(), line.number());
            }
            byte[] row = checked.row();
            Check rejectedBy =
                    Verdict.of(rules.contract(), failures, row != null).rejectedBy();
            if (rejectedBy != null || row == null) {
                reject(rejectedBy, line, failures);
                return;
            }
            clean.file().append(row);
            flag(line, failures, funnel);
        }

        PieceOutcome finish() {
            return new PieceOutcome(
                    piece,
                    tallies,
                    records,
                    rejectedBy,
                    flaggedRecords,
                    clean.finish(),
                    rejected.finish(),
                    flagged.finish());
        }

        private void reject(@Nullable Check check, PartLines.Line line, List<Failure> failures) {
            if (check == null) {
                throw new IllegalStateException("a line without a row was kept (expected: rejected)");
            }
            rejectedBy.merge(check, 1L, Long::sum);
            rejected.file().append(refused(line, failures));
        }

        private void flag(PartLines.Line line, List<Failure> failures, @Nullable Failure funnel) {
            if (failures.isEmpty() && funnel == null) {
                return;
            }
            List<Failure> all = new ArrayList<>(failures);
            if (funnel != null) {
                all.add(funnel);
            }
            all.sort(Comparator.comparing(Failure::check));
            flaggedRecords++;
            flagged.file().append(refused(line, all));
        }

        private byte[] refused(PartLines.Line line, List<Failure> failures) {
            return RefusedLine.write(piece.part().name(), line.number(), Failure.told(failures), line.raw());
        }
    }

    /** A file under the name of this try of the task. */
    private record NamedFile(String name, String written, PartFile file) {
        static NamedFile of(String folder, String name, BackgroundForce force) {
            String written = name + "." + TaskContext.get().taskAttemptId();
            return new NamedFile(name, written, new PartFile(Path.of(folder, written), force));
        }

        PieceOutcome.Written finish() {
            WrittenFile finished = file.finish();
            return new PieceOutcome.Written(name, written, finished.bytes(), finished.sha256());
        }
    }
}
