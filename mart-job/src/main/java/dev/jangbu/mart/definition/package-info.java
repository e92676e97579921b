/**
 * What a mart is, read from its folder under {@code sql/marts}: query, metadata, schema, checks. Nothing here runs SQL.
 */
@NullMarked
package dev.jangbu.mart.definition;

import org.jspecify.annotations.NullMarked;
