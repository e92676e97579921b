/**
 * The sandbox's own time: it stands still until told otherwise, or runs with the machine's. Nothing else in the sandbox asks for the time.
 */
@NullMarked
package dev.jangbu.sandbox.clock;

import org.jspecify.annotations.NullMarked;
