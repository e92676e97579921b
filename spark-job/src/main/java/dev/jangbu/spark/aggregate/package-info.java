/**
 * The large aggregations over a day's events: funnel, traffic by the hour, products, sessions and their patterns. Each is
 * a pure function of datasets; the rest reads, writes and publishes.
 */
@NullMarked
package dev.jangbu.spark.aggregate;

import org.jspecify.annotations.NullMarked;
