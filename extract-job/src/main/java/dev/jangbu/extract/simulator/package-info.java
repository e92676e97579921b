/**
 * A shop that never was: a day of its visitors' events, the same for the same seed and date on any machine. With
 * {@code --defects} it plants known faults and writes down how many.
 */
@NullMarked
package dev.jangbu.extract.simulator;

import org.jspecify.annotations.NullMarked;
