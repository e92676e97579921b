@NullMarked
package dev.jangbu.transform;

import org.jspecify.annotations.NullMarked;
