/**
 * What a connector should find: the canonical rows of a shop, and their sums.
 */
@NullMarked
package dev.jangbu.sandbox.truth;

import org.jspecify.annotations.NullMarked;
