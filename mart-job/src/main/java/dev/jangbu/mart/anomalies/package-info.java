/**
 * Tells which card sales of a day do not fit: a file for the messages, and lines on the screen. What people have dismissed
 * is left out, and no card is in it.
 */
@NullMarked
package dev.jangbu.mart.anomalies;

import org.jspecify.annotations.NullMarked;
