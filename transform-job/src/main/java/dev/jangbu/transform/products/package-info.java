/** What a shop offers on each channel, and the categories it is shown in. */
@NullMarked
package dev.jangbu.transform.products;

import org.jspecify.annotations.NullMarked;
