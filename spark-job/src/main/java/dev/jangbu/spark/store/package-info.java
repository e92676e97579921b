/**
 * Places by URL that have the workspace's folders: buckets of an S3-compatible store, and folders. What is published there
 * counts when its manifest is written, as one object, last.
 */
@NullMarked
package dev.jangbu.spark.store;

import org.jspecify.annotations.NullMarked;
