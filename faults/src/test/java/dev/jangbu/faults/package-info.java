/** The short form of the fault suite, and what it is made of. */
@NullMarked
package dev.jangbu.faults;

import org.jspecify.annotations.NullMarked;
