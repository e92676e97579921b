/**
 * Merges a window of an account's records into the raw tables by key, in one transaction that also writes the ledger, the
 * days it touched and how far the account is loaded. What is done with the rows is SQL, {@code sql/loads/<dataset>/}.
 */
@NullMarked
package dev.jangbu.load.window;

import org.jspecify.annotations.NullMarked;
