/** The packaged jobs one after the other, on real files and a real PostgreSQL. */
@NullMarked
package dev.jangbu.endtoend;

import org.jspecify.annotations.NullMarked;
