/**
 * What is kept how long, and why: the policy's file, and the command that removes what is out of time, a day and a
 * transaction at once, each on record.
 */
@NullMarked
package dev.jangbu.load.retention;

import org.jspecify.annotations.NullMarked;
