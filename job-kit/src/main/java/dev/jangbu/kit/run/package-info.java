/**
 * One run of a job: what was asked, who holds the slice, how it ended. Spring Batch is started and read here and nowhere else.
 */
@NullMarked
package dev.jangbu.kit.run;

import org.jspecify.annotations.NullMarked;
