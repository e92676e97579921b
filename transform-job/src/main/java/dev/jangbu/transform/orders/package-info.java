/** Orders as the shop's channels tell them, in one form: orders, their items with one set of states, coupons used. */
@NullMarked
package dev.jangbu.transform.orders;

import org.jspecify.annotations.NullMarked;
