/** Coupons a shop has made. */
@NullMarked
package dev.jangbu.transform.coupons;

import org.jspecify.annotations.NullMarked;
