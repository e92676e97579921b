/**
 * What became of a day: its checks, its ledger, its marts and its time, from the log the jobs keep. Told as a screenful of
 * text and as {@code reports/run/<ds>.json}.
 */
@NullMarked
package dev.jangbu.mart.report;

import org.jspecify.annotations.NullMarked;
