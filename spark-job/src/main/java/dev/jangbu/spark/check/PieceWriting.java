package dev.jangbu.spark.check;

import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.fast.CleanHeader;
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
import java.util.Iterator;
import java.util.List;
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
            LineBooks books = new LineBooks(piece, rules, found);
            Files files = new Files(piece, force);
            for (PartLines.Line line = lines.next(); line != null; line = lines.next()) {
                files.add(line, books.judge(line));
            }
            PieceOutcome outcome = files.finish(books.count());
            force.await();
            return outcome;
        }
    }

    /** The three files of a piece. */
    private final class Files {
        private final Piece piece;
        private final NamedFile clean;
        private final NamedFile rejected;
        private final NamedFile flagged;
        private long flaggedRecords;

        Files(Piece piece, BackgroundForce force) {
            this.piece = piece;
            this.clean = NamedFile.of(cleanFolder, "part-" + piece.label() + ".csv", force);
            this.rejected = NamedFile.of(rejectsFolder, "rejected-" + piece.label() + ".jsonl", force);
            this.flagged = NamedFile.of(rejectsFolder, "flagged-" + piece.label() + ".jsonl", force);
            clean.file().append(CleanHeader.line());
        }

        void add(PartLines.Line line, LineBooks.Judged judged) {
            byte[] row = judged.row();
            if (row == null) {
                rejected.file().append(refused(line, judged.failures()));
                return;
            }
            clean.file().append(row);
            flag(line, judged.failures(), judged.funnel());
        }

        PieceOutcome finish(PieceCount count) {
            return new PieceOutcome(count, flaggedRecords, clean.finish(), rejected.finish(), flagged.finish());
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
