@NullMarked
package dev.jangbu.transform.records;

import org.jspecify.annotations.NullMarked;
