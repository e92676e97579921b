/** Visits to a shop's site, as analytics counts them. */
@NullMarked
package dev.jangbu.transform.traffic;

import org.jspecify.annotations.NullMarked;
