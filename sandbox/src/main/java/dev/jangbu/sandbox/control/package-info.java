/**
 * The endpoints below {@code /__sandbox}: reset, clock, accounts, faults, transitions, journal, truth. Not a platform's.
 */
@NullMarked
package dev.jangbu.sandbox.control;

import org.jspecify.annotations.NullMarked;
