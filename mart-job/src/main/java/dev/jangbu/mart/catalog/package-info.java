/**
 * Tells what marts there are: a list for people and orchestrators, and the data dictionary. Needs no database.
 */
@NullMarked
package dev.jangbu.mart.catalog;

import org.jspecify.annotations.NullMarked;
