/**
 * {@code make bench}: the million-event day through our jobs and through the yardsticks, in one run on one machine, as
 * ratios. A measurement, not a test.
 */
@NullMarked
package dev.jangbu.benchmark;

import org.jspecify.annotations.NullMarked;
