/** Payments by card out of files, by a mapping: each is known by what it says, whichever file says it. */
@NullMarked
package dev.jangbu.extract.cardfiles;

import org.jspecify.annotations.NullMarked;
