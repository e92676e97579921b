@NullMarked
package dev.jangbu.transform.fix;

import org.jspecify.annotations.NullMarked;
