@NullMarked
package dev.jangbu.transform.fast;

import org.jspecify.annotations.NullMarked;
