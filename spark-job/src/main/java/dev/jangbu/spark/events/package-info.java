/**
 * A day's events as a dataset of Spark's, out of the files other jobs wrote. What is read is what was published: names,
 * digests and rows are those of the manifest.
 */
@NullMarked
package dev.jangbu.spark.events;

import org.jspecify.annotations.NullMarked;
