package dev.jangbu.transform.fast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.testkit.EventLines;
import dev.jangbu.transform.check.EventChecker;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.landing.LandingPart;
import dev.jangbu.transform.output.WrittenFile;
import dev.jangbu.transform.reference.PlainDay;
import dev.jangbu.transform.reference.PlainPart;
import dev.jangbu.transform.reject.RawLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What an engine made of a day, in a form that can be compared; clean files without their header. */
record Days(
        List<String> counts,
        List<String> examples,
        List<String> clean,
        List<String> rejected,
        List<String> flagged,
        List<Map<Check, Long>> rejectedBy) {

    static final LocalDate DAY = LocalDate.parse(EventLines.DAY);

    static Days plain(Contract contract, List<byte[]> parts) {
        PlainDay day = new PlainDay(contract, new EventChecker(contract, BusinessCalendar.seoul(), DAY));
        for (int part = 0; part < parts.size(); part++) {
            day.read(name(part), parts.get(part));
        }
        Tallies tallies = day.finish();
        return new Days(
                counts(tallies),
                examples(tallies),
                day.parts().stream().map(part -> text(part.clean())).toList(),
                day.parts().stream().map(part -> text(part.rejected())).toList(),
                day.parts().stream().map(part -> text(part.flagged())).toList(),
                day.parts().stream().map(PlainPart::rejectedBy).toList());
    }

    static Days fast(Contract contract, List<byte[]> parts, Path folder) throws IOException, InterruptedException {
        return fast(contract, landing(parts, folder), folder, 0);
    }

    static List<LandingPart> landing(List<byte[]> parts, Path folder) throws IOException {
        List<LandingPart> landing = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            landing.add(write(folder, name(part), parts.get(part)));
        }
        return landing;
    }

    /** @param corrected how many lines the parts' corrections must be found to correct */
    static Days fast(Contract contract, List<LandingPart> landing, Path folder, long corrected)
            throws InterruptedException {
        DayEngine engine = new DayEngine(contract, BusinessCalendar.seoul(), DAY, Progress.none());
        return of(engine, landing, folder, corrected);
    }

    /** On disk as soon as more than so many bytes are remembered of the day. */
    static Days onDisk(Contract contract, List<LandingPart> landing, Path folder, long corrected, long memory)
            throws InterruptedException {
        DayEngine engine = new DayEngine(contract, BusinessCalendar.seoul(), DAY, Progress.none(), memory);
        return of(engine, landing, folder, corrected);
    }

    private static Days of(DayEngine engine, List<LandingPart> landing, Path folder, long corrected)
            throws InterruptedException {
        Path work = folder.resolve("work");
        DayOutcome outcome = engine.run(landing, new DayFiles(folder, folder, work));
        assertThat(work).doesNotExist();
        assertThat(outcome.corrected()).isEqualTo(corrected);
        assertThat(outcome.stale()).isZero();
        return new Days(
                counts(outcome.tallies()),
                examples(outcome.tallies()),
                outcome.parts().stream().map(part -> rows(part.cleanFile())).toList(),
                outcome.parts().stream().map(part -> text(part.rejectedFile())).toList(),
                outcome.parts().stream().map(part -> text(part.flaggedFile())).toList(),
                outcome.parts().stream().map(PartOutcome::rejectedBy).toList());
    }

    /** A part of a landing as its manifest would name it. */
    static LandingPart write(Path folder, String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return new LandingPart(
                name, file, HexFormat.of().formatHex(RawLine.newDigest().digest(content)));
    }

    static String name(int part) {
        return "part-" + part + ".jsonl";
    }

    private static List<String> counts(Tallies tallies) {
        return Check.ALL.stream()
                .map(check -> check.id() + " " + tallies.counted(check) + " " + tallies.failed(check))
                .toList();
    }

    private static List<String> examples(Tallies tallies) {
        return Check.ALL.stream()
                .flatMap(check -> tallies.examples(check).stream())
                .map(Tallies.Example::toString)
                .toList();
    }

    private static String rows(WrittenFile file) {
        String text = text(file);
        return text.substring(text.indexOf('\n') + 1);
    }

    private static String text(WrittenFile file) {
        try {
            return text(Files.readAllBytes(file.file()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
