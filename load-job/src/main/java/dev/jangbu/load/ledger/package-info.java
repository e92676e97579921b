/**
 * The ledger of loads, {@code ops.load_log}: a row for each file of a load, written in the load's own transaction. What does
 * not add up cannot be written.
 */
@NullMarked
package dev.jangbu.load.ledger;

import org.jspecify.annotations.NullMarked;
