/** What every route shares: parameters that are checked, pages by cursor, JSON and CSV, errors as problem+json. */
@NullMarked
package dev.jangbu.search.http;

import org.jspecify.annotations.NullMarked;
