/**
 * The one shape every source has: options of its own, a name, a profile, and lines written for a window of time. A new
 * source is a package that implements these two interfaces, and a line in the command.
 */
@NullMarked
package dev.jangbu.extract.source;

import org.jspecify.annotations.NullMarked;
