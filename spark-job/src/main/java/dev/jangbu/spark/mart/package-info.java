/**
 * The marts of events on Spark: the query of {@code sql/marts} in Spark's spelling over the files that were loaded, its rows
 * handed to mart-job's transaction, which checks and books them as its own.
 */
@NullMarked
package dev.jangbu.spark.mart;

import org.jspecify.annotations.NullMarked;
