/** Files as they are written: rows of CSV, and files that are digested on the way and durable at the end. */
@NullMarked
package dev.jangbu.transform.output;

import org.jspecify.annotations.NullMarked;
