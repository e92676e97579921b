/** Which days of a range are missing, failed or stale, and what mends them. Reads the database alone, changes nothing. */
@NullMarked
package dev.jangbu.mart.gaps;

import org.jspecify.annotations.NullMarked;
