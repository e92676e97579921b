/**
 * Where PostgreSQL is, and how a job gets a connection to it or a clear refusal.
 */
@NullMarked
package dev.jangbu.kit.database;

import org.jspecify.annotations.NullMarked;
