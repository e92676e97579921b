/**
 * Mapping files: a small YAML that says which column of a CSV or JSON Lines file is which field of a record. Reading and
 * checking the file, evaluating it on rows, putting the lines of an order together.
 */
@NullMarked
package dev.jangbu.extract.mapping;

import org.jspecify.annotations.NullMarked;
