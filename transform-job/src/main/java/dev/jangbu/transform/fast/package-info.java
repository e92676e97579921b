/**
 * The checks of a whole day at the speed of the machine: blocks of lines are scanned by two workers and committed in file
 * order. A line that is ordinary and passes is handled as bytes; every other line is given to the plain checker, so the
 * rules live in one place. What records are compared by is held in memory, and for a day too large for that on disk.
 */
@NullMarked
package dev.jangbu.transform.fast;

import org.jspecify.annotations.NullMarked;
