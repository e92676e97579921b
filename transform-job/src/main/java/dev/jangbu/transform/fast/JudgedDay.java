package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.CheckedLine;
import dev.jangbu.transform.check.DayRules;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.landing.LandingPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a day fail beside each other, found before: it is only looked up. Doubtful lines are written as they
 * come. Of one thread.
 */
final class JudgedDay implements Comparison {
    private final FoundLines found;
    private final List<LandingPart> parts;
    private final Tallies tallies;
    private final Platforms platforms = new Platforms();
    private @Nullable FlaggedFile flagged;
    private Finding finding = Finding.nothing(0);

    /** @param tallies where {@code funnel_sequence}'s failures are counted */
    JudgedDay(FoundLines found, List<LandingPart> parts, Tallies tallies) {
        this.found = found;
        this.parts = parts;
        this.tallies = tallies;
    }

    /** Begins a part. */
    void open(FlaggedFile ofPart) {
        flagged = ofPart;
    }

    @Override
    public void begin(Block block) {}

    @Override
    public boolean passes(Block block, int record, long place) {
        return look(place).isNothing();
    }

    @Override
    public List<Failure> failures(Block block, int record) {
        List<Failure> failures = new ArrayList<>();
        if (finding.isRepeated()) {
            failures.add(DayRules.REPEATED);
        }
        Failure platform = otherPlatform(platforms.name(block.records.platform[record]));
        if (platform != null) {
            failures.add(platform);
        }
        return failures;
    }

    @Override
    public List<Failure> failures(CheckedLine line, long place) {
        look(place);
        return LineFailures.of(line, finding.isRepeated(), otherPlatform(line.platform()));
    }

    @Override
    public void keep(Block block, int record, PartLedger part, List<Failure> failures) {
        Failure funnel = finding.funnel();
        if (!failures.isEmpty() || funnel != null) {
            long line = Place.line(finding.place());
            Objects.requireNonNull(flagged).add(part, line, failures, funnel, block.raw(record));
        }
    }

    @Override
    public void end(Block block, PartLedger part) {}

    private Finding look(long place) {
        finding = found.at(place);
        Failure funnel = finding.funnel();
        if (funnel != null && finding.isWhereSessionFails()) {
            tallies.fail(funnel, parts.get(Place.part(place)).name(), Place.line(place));
        }
        return finding;
    }

    private @Nullable Failure otherPlatform(@Nullable String platform) {
        String first = finding.firstPlatform();
        return platform == null || first == null ? null : DayRules.otherPlatform(platform, first);
    }
}
