package dev.jangbu.mart.gaps;

import java.time.LocalDate;

/**
 * One day that is not done.
 *
 * @param what in a few words, the same for days that have the same trouble
 * @param why in one line
 */
record Gap(LocalDate day, GapKind kind, String what, String why, Repair repair) {
    boolean isLike(Gap other) {
        return kind == other.kind && what.equals(other.what) && repair == other.repair;
    }
}
