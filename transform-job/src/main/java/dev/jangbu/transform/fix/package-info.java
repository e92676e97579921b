/**
 * Rules that put rejected lines right, as a person writes them into a YAML file: what is to be changed, and where. They
 * know nothing of files and runs.
 */
@NullMarked
package dev.jangbu.transform.fix;

import org.jspecify.annotations.NullMarked;
