/**
 * What load-job knows of the places of spark-job: whether there are any. What is in them spark-job alone can read.
 */
@NullMarked
package dev.jangbu.load.spark;

import org.jspecify.annotations.NullMarked;
