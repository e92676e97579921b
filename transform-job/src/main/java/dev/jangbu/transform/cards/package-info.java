/** Payments by card, from a database's table or from files, and what a weekly comparison found of them. */
@NullMarked
package dev.jangbu.transform.cards;

import org.jspecify.annotations.NullMarked;
