/** All identities of a day held at once, for commands that change the places of several jobs. */
@NullMarked
package dev.jangbu.load.held;

import org.jspecify.annotations.NullMarked;
