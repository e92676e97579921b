/**
 * Writes the parts of a landing: under a temporary name, counted and hashed while they are written, fsynced, renamed.
 */
@NullMarked
package dev.jangbu.extract.landing;

import org.jspecify.annotations.NullMarked;
