@NullMarked
package dev.jangbu.transform.check;

import org.jspecify.annotations.NullMarked;
