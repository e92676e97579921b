/**
 * Card sales out of a table of MySQL or MariaDB: the rows that changed, in the order of their change, page by page out of
 * one snapshot, with card numbers masked at the door; and once a week both sides compared month by month.
 */
@NullMarked
package dev.jangbu.extract.mysql;

import org.jspecify.annotations.NullMarked;
