/**
 * Builds one mart of one day: deletes, inserts and checks in one REPEATABLE READ transaction, so that readers see the
 * day before or the day after, and a failing check changes nothing.
 */
@NullMarked
package dev.jangbu.mart.build;

import org.jspecify.annotations.NullMarked;
