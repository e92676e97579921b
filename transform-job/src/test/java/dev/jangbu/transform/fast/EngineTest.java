package dev.jangbu.transform.fast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.testkit.EventLines;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.ContractReader;
import dev.jangbu.transform.landing.LandingPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fast engine is held to the plain one: the same counts, reasons, rejects, flagged lines, and clean bytes,
 * whether a day is judged in memory or on disk.
 */
class EngineTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void bothEnginesSayTheSameOfAnyDay(long seed) throws Exception {
        EventLines lines = new EventLines(seed);
        List<byte[]> parts = List.of(lines.file(3_000, 15), lines.file(500, 90), new byte[0], lines.file(2_000, 1));
        assertSame("seed " + seed, parts, "default");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rees46", "online-retail", "retailrocket", "ga4"})
    void bothEnginesSayTheSameUnderEveryContract(String contract) throws Exception {
        EventLines lines = new EventLines(contract.hashCode());
        assertSame(contract, List.of(lines.file(1_500, 20), lines.file(1_500, 20)), contract);
    }

    /** Every third line of a day spoilt and corrected again: the day is as if nobody had touched it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCorrectedDayIsTheDayThatWasNeverSpoilt(long seed) throws Exception {
        EventLines lines = new EventLines(seed);
        List<byte[]> parts = List.of(lines.file(2_000, 15), new byte[0], lines.file(1_500, 60));
        Contract contract = ContractReader.read("test", "default");
        List<LandingPart> spoilt = new ArrayList<>();
        long corrected = 0;
        for (int part = 0; part < parts.size(); part++) {
            SpoiltPart spoiling = SpoiltPart.of(parts.get(part));
            corrected += spoiling.corrections().size();
            spoilt.add(spoiling.write(folder, Days.name(part)));
        }

        Days plain = Days.plain(contract, parts);
        assertSame("seed " + seed, plain, Days.fast(contract, spoilt, folder, corrected));
        assertSame("seed " + seed + " on disk", plain, Days.onDisk(contract, spoilt, folder, corrected, 0));
    }

    private void assertSame(String name, List<byte[]> parts, String contract) throws IOException, InterruptedException {
        Contract judgedBy = ContractReader.read("test", contract);
        Days plain = Days.plain(judgedBy, parts);
        assertSame(name, plain, Days.fast(judgedBy, parts, folder));
        assertSame(name + " on disk", plain, Days.onDisk(judgedBy, Days.landing(parts, folder), folder, 0, 0));
    }

    private static void assertSame(String name, Days plain, Days fast) {
        assertThat(fast.counts()).as(name).isEqualTo(plain.counts());
        assertThat(fast.examples()).as(name).isEqualTo(plain.examples());
        for (int part = 0; part < plain.clean().size(); part++) {
            assertThat(fast.clean().get(part))
                    .as(name + " clean " + part)
                    .isEqualTo(plain.clean().get(part));
            assertThat(fast.rejected().get(part))
                    .as(name + " rejected " + part)
                    .isEqualTo(plain.rejected().get(part));
            assertThat(fast.flagged().get(part))
                    .as(name + " flagged " + part)
                    .isEqualTo(plain.flagged().get(part));
        }
        assertThat(fast.rejectedBy()).as(name).isEqualTo(plain.rejectedBy());
    }
}
