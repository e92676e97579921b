package dev.jangbu.transform;

import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.transform.report.QualityReport;

/** A day that was checked, its files written and not yet published. */
interface CheckedDay {
    /** What was checked. */
    Manifest landing();

    /** The verdict. */
    QualityReport report();

    /** The files, with what was counted in them. */
    DayBooks books();
}
