/** Brings the database's schema up to date with Flyway. The only place that runs DDL of its own accord. */
@NullMarked
package dev.jangbu.load.migrate;

import org.jspecify.annotations.NullMarked;
