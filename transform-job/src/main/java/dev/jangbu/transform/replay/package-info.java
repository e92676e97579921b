/**
 * Rejected lines done again: which they are, what is read in their place from now on, and the record of who asked for it.
 * The landing stays as it is; the day is checked as always, with the corrections laid over.
 */
@NullMarked
package dev.jangbu.transform.replay;

import org.jspecify.annotations.NullMarked;
