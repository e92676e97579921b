/** The connections to PostgreSQL, with the rights of one role and no more. */
@NullMarked
package dev.jangbu.search.database;

import org.jspecify.annotations.NullMarked;
