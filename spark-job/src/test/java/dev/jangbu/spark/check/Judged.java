package dev.jangbu.spark.check;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.spark.TestSpark;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.fast.DayEngine;
import dev.jangbu.transform.fast.DayFiles;
import dev.jangbu.transform.fast.DayOutcome;
import dev.jangbu.transform.fast.PartOutcome;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.WrittenFile;
import dev.jangbu.transform.reject.RawLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a judge made of a day, in a form that can be compared: counts and examples by check, and by landing part what was
 * counted and the three files, clean ones without their headers.
 */
record Judged(List<String> checks, Map<String, List<String>> parts) {
    static final LocalDate DAY = LocalDate.parse("2026-01-15");

    /** As transform-job judges. */
    static Judged inOneProcess(Contract contract, List<LandingPart> parts, Path folder)
            throws IOException, InterruptedException {
        DayEngine engine = new DayEngine(contract, BusinessCalendar.seoul(), DAY, Progress.none());
        return of(engine.run(parts, files(folder)));
    }

    /** @param pieceBytes how long a piece is at least */
    static Judged onSpark(Contract contract, List<LandingPart> parts, Path folder, long pieceBytes) throws IOException {
        return of(outcomeOnSpark(contract, parts, folder, pieceBytes));
    }

    static DayOutcome outcomeOnSpark(Contract contract, List<LandingPart> parts, Path folder, long pieceBytes)
            throws IOException {
        SparkDayJudge judge = new SparkDayJudge(BusinessCalendar.seoul(), DAY, TestSpark.start(), pieceBytes);
        return judge.judge(contract, parts, files(folder), Progress.none());
    }

    /** Parts of a landing; names ending in {@code .gz} hold what is already packed. */
    static List<LandingPart> landing(Path folder, Map<String, byte[]> contents) throws IOException {
        List<LandingPart> parts = new ArrayList<>();
        for (Map.Entry<String, byte[]> content : contents.entrySet()) {
            Path file = Files.write(folder.resolve(content.getKey()), content.getValue());
            String sha256 = HexFormat.of().formatHex(RawLine.newDigest().digest(content.getValue()));
            parts.add(new LandingPart("run/" + content.getKey(), file, sha256));
        }
        return parts;
    }

    private static DayFiles files(Path folder) throws IOException {
        return new DayFiles(
                Files.createDirectories(folder.resolve("clean")),
                Files.createDirectories(folder.resolve("rejects")),
                folder.resolve("work"));
    }

    private static Judged of(DayOutcome outcome) {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        outcome.parts().forEach(part -> parts.merge(part.landing().name(), told(part), Judged::joined));
        return new Judged(
                Check.ALL.stream().map(check -> told(check, outcome.tallies())).toList(), parts);
    }

    private static String told(Check check, Tallies tallies) {
        return check.id() + " " + tallies.failed(check) + " of " + tallies.counted(check) + " "
                + tallies.examples(check);
    }

    private static List<String> told(PartOutcome part) {
        List<String> told = new ArrayList<>();
        for (Check check : Check.ALL) {
            told.add(String.valueOf(part.rejectedBy().getOrDefault(check, 0L)));
        }
        told.add(String.valueOf(part.lines()));
        told.add(String.valueOf(part.corrected()));
        told.add(String.valueOf(part.stale()));
        told.add(String.valueOf(part.flagged()));
        told.add(content(part.cleanFile()).replaceFirst("[^\n]*\n", ""));
        told.add(content(part.rejectedFile()));
        told.add(content(part.flaggedFile()));
        return told;
    }

    /** A later piece behind the ones before: numbers added, texts one after the other. */
    private static List<String> joined(List<String> before, List<String> behind) {
        List<String> joined = new ArrayList<>();
        int texts = before.size() - 3;
        for (int index = 0; index < before.size(); index++) {
            Function<Integer, Long> number = at -> Long.parseLong(before.get(at)) + Long.parseLong(behind.get(at));
            joined.add(index < texts ? String.valueOf(number.apply(index)) : before.get(index) + behind.get(index));
        }
        return joined;
    }

    private static String content(WrittenFile file) {
        try {
            byte[] bytes = Files.readAllBytes(file.file());
            String sha256 = HexFormat.of().formatHex(RawLine.newDigest().digest(bytes));
            if (bytes.length != file.bytes() || !sha256.equals(file.sha256())) {
                throw new IllegalStateException(file + ": " + bytes.length + " bytes, sha256 " + sha256);
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
