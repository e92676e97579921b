/**
 * The one shape every shop source has: the records of an account that changed in a window of time, written as landing
 * lines. What is the same for all of them is here: the window from the watermark, the run, its manifest.
 */
@NullMarked
package dev.jangbu.extract.window;

import org.jspecify.annotations.NullMarked;
