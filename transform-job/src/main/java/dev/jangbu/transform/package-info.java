/**
 * transform-job: a day's raw lines in, seven checks, clean CSV and rejects out; the exit code is the verdict.
 */
@NullMarked
package dev.jangbu.transform;

import org.jspecify.annotations.NullMarked;
