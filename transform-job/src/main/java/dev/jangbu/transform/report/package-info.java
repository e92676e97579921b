/** The verdict on a day: what each check counted, the report file people read, the rows in the quality log. */
@NullMarked
package dev.jangbu.transform.report;

import org.jspecify.annotations.NullMarked;
