/**
 * The business day: one calendar day in the business zone. The only place that names the zone.
 */
@NullMarked
package dev.jangbu.kit.time;

import org.jspecify.annotations.NullMarked;
