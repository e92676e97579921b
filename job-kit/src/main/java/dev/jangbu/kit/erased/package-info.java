/**
 * People who were erased must not come back: their ids as keyed hashes, and whether a line names one of them. An empty
 * list costs a line nothing.
 */
@NullMarked
package dev.jangbu.kit.erased;

import org.jspecify.annotations.NullMarked;
