/** What a backfill of a range of days would rewrite. Reads the database and the manifests, changes nothing. */
@NullMarked
package dev.jangbu.mart.plan;

import org.jspecify.annotations.NullMarked;
