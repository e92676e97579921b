/**
 * What goes wrong, and when: a queue of faults waiting for the calls they match.
 */
@NullMarked
package dev.jangbu.sandbox.faults;

import org.jspecify.annotations.NullMarked;
