@NullMarked
package dev.jangbu.transform.landing;

import org.jspecify.annotations.NullMarked;
