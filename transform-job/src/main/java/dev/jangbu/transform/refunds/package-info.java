/** Money that went back to buyers. */
@NullMarked
package dev.jangbu.transform.refunds;

import org.jspecify.annotations.NullMarked;
