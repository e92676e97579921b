/** Who asks: a key or a token, the tenant and the stores it stands for. */
@NullMarked
package dev.jangbu.search.access;

import org.jspecify.annotations.NullMarked;
