package dev.jangbu.load.day;

/**
 * What became of one file.
 *
 * @param copied rows COPY reported
 * @param inTable rows the table grew by, counted
 */
record Copied(long copied, long inTable) {}
