/**
 * Clean files on their way into PostgreSQL: what is sent is what transform-job checked, whatever becomes of the rows then.
 */
@NullMarked
package dev.jangbu.load.clean;

import org.jspecify.annotations.NullMarked;
