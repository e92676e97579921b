/**
 * A call and its answer as plain values, so that the platforms are pure functions of what they are asked. Spring only carries them.
 */
@NullMarked
package dev.jangbu.sandbox.http;

import org.jspecify.annotations.NullMarked;
