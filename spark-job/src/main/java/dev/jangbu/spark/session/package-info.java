/**
 * Spark's session of a run: where it runs, and what is set of it. The only place that makes one.
 */
@NullMarked
package dev.jangbu.spark.session;

import org.jspecify.annotations.NullMarked;
