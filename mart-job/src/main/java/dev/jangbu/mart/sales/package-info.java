/** What a shop sold over all its channels, from the marts, as one page its owner reads. */
@NullMarked
package dev.jangbu.mart.sales;

import org.jspecify.annotations.NullMarked;
