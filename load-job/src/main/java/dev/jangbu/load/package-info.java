/**
 * load-job: clean files into raw tables. {@link dev.jangbu.load.LoadCommand} is the way in; a day is loaded in
 * {@code day}, the schema is brought up to date in {@code migrate}.
 */
@NullMarked
package dev.jangbu.load;

import org.jspecify.annotations.NullMarked;
