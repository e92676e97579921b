@NullMarked
package dev.jangbu.transform.traffic;

import org.jspecify.annotations.NullMarked;
