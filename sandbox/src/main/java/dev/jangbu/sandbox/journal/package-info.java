/**
 * Who called what, and how often. No secrets, no values, no bodies.
 */
@NullMarked
package dev.jangbu.sandbox.journal;

import org.jspecify.annotations.NullMarked;
