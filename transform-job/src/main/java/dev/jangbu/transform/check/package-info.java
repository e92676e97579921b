/**
 * The plain, readable form of the seven checks: one line in, its verdicts and its clean row out. It is the reference the
 * fast engine is held to, and what the fast engine asks about every line that is not quite ordinary.
 */
@NullMarked
package dev.jangbu.transform.check;

import org.jspecify.annotations.NullMarked;
