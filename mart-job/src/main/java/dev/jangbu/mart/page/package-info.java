/**
 * What pages of this module are made of: markup that escapes, words in two languages, charts, tables and the frame with its
 * style sheet. A page needs nothing beside itself.
 */
@NullMarked
package dev.jangbu.mart.page;

import org.jspecify.annotations.NullMarked;
