/**
 * The command and the web server; which platforms there are is said here.
 */
@NullMarked
package dev.jangbu.sandbox;

import org.jspecify.annotations.NullMarked;
