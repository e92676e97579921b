package dev.jangbu.spark.check;

import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.landing.PartLines;
import dev.jangbu.transform.report.QualityReport;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The clean rows of a landing, judged as {@link SparkDayJudge} judges, and in no file: the lines are judged once for the
 * books, which may fail the day, and again as the rows are read.
 *
 * @param files the landing's, a piece each, in its order
 * @param rows as they stand in clean files, without their line breaks
 */
record LandingRows(Tallies tallies, List<QualityReport.LandingFile> files, JavaRDD<String> rows) {
    LandingRows {
        files = List.copyOf(files);
    }

    static LandingRows of(SparkSession session, Rules rules, List<LandingPart> parts) {
        JavaSparkContext tasks = JavaSparkContext.fromSparkContext(session.sparkContext());
        if (parts.isEmpty()) {
            return new LandingRows(new Tallies(), List.of(), tasks.emptyRDD());
        }
        List<Surveyed> surveyed = SparkDayJudge.survey(tasks, parts, SparkDayJudge.PIECE_BYTES);
        List<Piece> pieces = Surveyed.pieces(surveyed);
        JavaRDD<Piece> dealt = tasks.parallelize(pieces, pieces.size());
        Tallies tallies = new Tallies();
        List<QualityReport.LandingFile> files = new ArrayList<>();
        try (DayComparison day = DayComparison.of(session, dealt, rules)) {
            JavaPairRDD<Long, Found> found = day.found(pieces.size());
            List<PieceCount> counts =
                    dealt.zipPartitions(found, new Counting(rules)).collect();
            tallies.count(Check.FUNNEL_SEQUENCE, day.sessions());
            for (PieceCount count : counts) {
                tallies.add(count.tallies());
                files.add(file(count, surveyed.get(count.piece().part().number())));
            }
            return new LandingRows(tallies, files, dealt.zipPartitions(found, new Reading(rules)));
        }
    }

    long lines() {
        return files.stream().mapToLong(QualityReport.LandingFile::counted).sum();
    }

    long clean() {
        return files.stream().mapToLong(QualityReport.LandingFile::clean).sum();
    }

    private static QualityReport.LandingFile file(PieceCount count, Surveyed part) {
        return new QualityReport.LandingFile(
                part.part().name(),
                part.part().sha256(),
                count.lines(),
                count.lines() - count.rejected(),
                count.rejected(),
                count.piece().nth() == 0 ? part.corrected() : 0);
    }

    /** The books of each piece. */
    private record Counting(Rules rules)
            implements FlatMapFunction2<Iterator<Piece>, Iterator<Tuple2<Long, Found>>, PieceCount> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<PieceCount> call(Iterator<Piece> pieces, Iterator<Tuple2<Long, Found>> found)
                throws IOException {
            List<PieceCount> counts = new ArrayList<>();
            while (pieces.hasNext()) {
                Piece piece = pieces.next();
                LineBooks books = new LineBooks(piece, rules, new FoundLines(found));
                try (PartLines lines = piece.lines()) {
                    for (PartLines.Line line = lines.next(); line != null; line = lines.next()) {
                        books.judge(line);
                    }
                }
                counts.add(books.count());
            }
            return counts.iterator();
        }
    }

    /** The clean rows of each piece; there is one in a partition. */
    private record Reading(Rules rules)
            implements FlatMapFunction2<Iterator<Piece>, Iterator<Tuple2<Long, Found>>, String> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<String> call(Iterator<Piece> pieces, Iterator<Tuple2<Long, Found>> found) {
            Piece piece = pieces.next();
            PartLines lines = piece.lines();
            TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> LineKeys.close(lines));
            return new Rows(lines, new LineBooks(piece, rules, new FoundLines(found)));
        }
    }

    /** One after the other, so that no piece is held whole. */
    private static final class Rows implements Iterator<String> {
        private final PartLines lines;
        private final LineBooks books;
        private @Nullable String next;

        Rows(PartLines lines, LineBooks books) {
            this.lines = lines;
            this.books = books;
            this.next = read();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public String next() {
            String row = next;
            if (row == null) {
                throw new NoSuchElementException();
            }
            next = read();
            return row;
        }

        private @Nullable String read() {
            for (PartLines.Line line = lines.next(); line != null; line = lines.next()) {
                byte[] row = books.judge(line).row();
                if (row != null) {
                    return new String(row, 0, row.length - 1, StandardCharsets.UTF_8);
                }
            }
            return null;
        }
    }
}
