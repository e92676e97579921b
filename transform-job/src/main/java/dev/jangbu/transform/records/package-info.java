/**
 * Records that become rows of several tables: reads a landing line after line, has each mapped and judged, and parts clean
 * rows from rejects. What a record means is in the packages of the datasets.
 */
@NullMarked
package dev.jangbu.transform.records;

import org.jspecify.annotations.NullMarked;
