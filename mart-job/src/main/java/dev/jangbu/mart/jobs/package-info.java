/**
 * What ran and how it ended, for whoever is on call: the jobs' runs of the last business dates at a glance, and those of
 * one date in full. Read from {@code ops.job_runs}; nothing is written.
 */
@NullMarked
package dev.jangbu.mart.jobs;

import org.jspecify.annotations.NullMarked;
