/**
 * Ably, which has no interface for sellers' programs: the orders that a seller downloads as a file, or, with the seller's
 * consent, reads off the pages of the seller's admin. Both are read by the headings of their columns.
 */
@NullMarked
package dev.jangbu.extract.ably;

import org.jspecify.annotations.NullMarked;
