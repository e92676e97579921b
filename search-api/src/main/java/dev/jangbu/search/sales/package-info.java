/** The search over card sales. */
@NullMarked
package dev.jangbu.search.sales;

import org.jspecify.annotations.NullMarked;
