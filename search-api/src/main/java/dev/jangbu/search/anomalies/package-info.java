/** Sales that do not fit, and what people decided about them. */
@NullMarked
package dev.jangbu.search.anomalies;

import org.jspecify.annotations.NullMarked;
