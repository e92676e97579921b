/**
 * The marts of a business day: what analysts query, built from raw tables. The command and its subcommands; each has a
 * package of its own.
 */
@NullMarked
package dev.jangbu.mart;

import org.jspecify.annotations.NullMarked;
