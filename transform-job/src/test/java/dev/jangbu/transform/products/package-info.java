@NullMarked
package dev.jangbu.transform.products;

import org.jspecify.annotations.NullMarked;
