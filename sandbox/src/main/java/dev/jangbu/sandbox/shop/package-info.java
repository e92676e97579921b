/**
 * The simulated shops. Everything is drawn from the seed and a name, so that any day of any shop is the same whoever asks, and in whatever order.
 */
@NullMarked
package dev.jangbu.sandbox.shop;

import org.jspecify.annotations.NullMarked;
