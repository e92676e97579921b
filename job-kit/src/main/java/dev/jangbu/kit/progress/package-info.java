/** What a person at a terminal sees of long work. */
@NullMarked
package dev.jangbu.kit.progress;

import org.jspecify.annotations.NullMarked;
