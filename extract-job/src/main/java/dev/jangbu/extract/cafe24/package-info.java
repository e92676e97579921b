/**
 * Cafe24: the mall's own shop, by its Admin API. Tokens that rotate, lists in pages that move, and what changed found by
 * many dates, because there is no feed of changes. The records here name all that is kept of what the platform sends.
 */
@NullMarked
package dev.jangbu.extract.cafe24;

import org.jspecify.annotations.NullMarked;
