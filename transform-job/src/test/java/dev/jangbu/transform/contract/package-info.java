@NullMarked
package dev.jangbu.transform.contract;

import org.jspecify.annotations.NullMarked;
