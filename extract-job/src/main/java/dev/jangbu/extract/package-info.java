/**
 * extract-job: brings one business day of a source into the landing as raw JSON Lines. The command, its Spring
 * configuration and the one extraction all sources share; each source is a package below.
 */
@NullMarked
package dev.jangbu.extract;

import org.jspecify.annotations.NullMarked;
