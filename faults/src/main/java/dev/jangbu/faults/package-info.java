/**
 * The fault suite: the packaged jobs are killed, cut off, starved and poisoned, and what they acknowledged is compared
 * with a day that nothing disturbed. {@link dev.jangbu.faults.TortureCommand} is the way in.
 */
@NullMarked
package dev.jangbu.faults;

import org.jspecify.annotations.NullMarked;
