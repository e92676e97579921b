/**
 * The jobs' work on Spark, for days too large for one machine and for aggregations over all events. This package is the
 * command line; each kind of work has a package of its own.
 */
@NullMarked
package dev.jangbu.spark;

import org.jspecify.annotations.NullMarked;
