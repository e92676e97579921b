/**
 * Replaces one business date of a raw table by the day's clean files, in one transaction that also writes the ledger:
 * readers see the old day or the new one, never half.
 */
@NullMarked
package dev.jangbu.load.day;

import org.jspecify.annotations.NullMarked;
