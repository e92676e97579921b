/**
 * The seven checks on Spark, for days too large for one machine: the judge of lines, the words and the files are
 * transform-job's, what lines are compared by goes through Spark.
 */
@NullMarked
package dev.jangbu.spark.check;

import org.jspecify.annotations.NullMarked;
