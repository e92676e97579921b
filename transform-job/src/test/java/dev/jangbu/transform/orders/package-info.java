@NullMarked
package dev.jangbu.transform.orders;

import org.jspecify.annotations.NullMarked;
