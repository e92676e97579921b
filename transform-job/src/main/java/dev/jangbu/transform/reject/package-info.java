/**
 * The lines that were refused, and those that were kept but are doubtful: each with where it stood, every check it failed
 * and why, and its bytes. Nothing is lost.
 */
@NullMarked
package dev.jangbu.transform.reject;

import org.jspecify.annotations.NullMarked;
