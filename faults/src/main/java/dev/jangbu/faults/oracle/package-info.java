/**
 * Whether work that was acknowledged is there, once: rows and files are compared with those of a day that nothing
 * disturbed. No log line is believed.
 */
@NullMarked
package dev.jangbu.faults.oracle;

import org.jspecify.annotations.NullMarked;
