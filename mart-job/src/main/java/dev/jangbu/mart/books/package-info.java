/**
 * The books of days as the database keeps them, {@code ops.v_books}: whether what is loaded is what was checked and every
 * mart comes from it. Reads only; those who show them are elsewhere.
 */
@NullMarked
package dev.jangbu.mart.books;

import org.jspecify.annotations.NullMarked;
