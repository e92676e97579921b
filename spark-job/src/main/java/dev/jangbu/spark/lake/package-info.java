/**
 * The lake: days of events as Iceberg tables, on disk or in an object store, their catalog in PostgreSQL. Each day is
 * replaced in one commit, and every commit stays as a state to read or to go back to.
 */
@NullMarked
package dev.jangbu.spark.lake;

import org.jspecify.annotations.NullMarked;
