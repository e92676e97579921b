/** The command that gives out and revokes keys. */
@NullMarked
package dev.jangbu.search.keys;

import org.jspecify.annotations.NullMarked;
