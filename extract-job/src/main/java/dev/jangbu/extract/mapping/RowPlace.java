package dev.jangbu.extract.mapping;

/**
 * Where a row stands.
 *
 * @param line of its start, from 1
 */
record RowPlace(String file, long line) {}
