/**
 * The checks of a whole day in their plain form, the day held in memory: slow, easy to believe, and what the fast engine is
 * held to.
 */
@NullMarked
package dev.jangbu.transform.reference;

import org.jspecify.annotations.NullMarked;
