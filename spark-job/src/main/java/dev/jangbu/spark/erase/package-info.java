/**
 * A person taken out of what only Spark can read: rows of the lake with its former states, and the aggregates of the days
 * they were in. The second part of {@code load-job erase}, which proves the whole.
 */
@NullMarked
package dev.jangbu.spark.erase;

import org.jspecify.annotations.NullMarked;
