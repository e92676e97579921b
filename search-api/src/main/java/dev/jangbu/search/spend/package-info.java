/** What stores take a payment, by day and by the seven days before. */
@NullMarked
package dev.jangbu.search.spend;

import org.jspecify.annotations.NullMarked;
