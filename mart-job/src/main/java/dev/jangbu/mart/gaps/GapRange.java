package dev.jangbu.mart.gaps;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Days one after the other with the same trouble, which one command mends. */
record GapRange(Gap first, LocalDate to) {
    /** @param gaps ascending */
    static List<GapRange> of(List<Gap> gaps) {
        List<GapRange> ranges = new ArrayList<>();
        for (Gap gap : gaps) {
            GapRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last.isFollowedBy(gap)) {
                ranges.set(ranges.size() - 1, new GapRange(last.first(), gap.day()));
            } else {
                ranges.add(new GapRange(gap, gap.day()));
            }
        }
        return List.copyOf(ranges);
    }

    LocalDate from() {
        return first.day();
    }

    long days() {
        return to.toEpochDay() - from().toEpochDay() + 1;
    }

    String command() {
        return first.repair().command(from(), to);
    }

    private boolean isFollowedBy(Gap next) {
        return next.day().equals(to.plusDays(1)) && first.isLike(next);
    }
}
