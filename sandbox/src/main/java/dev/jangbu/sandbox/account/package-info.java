/**
 * Which accounts there are on the platforms, whose shops they sell for, and how they log in.
 */
@NullMarked
package dev.jangbu.sandbox.account;

import org.jspecify.annotations.NullMarked;
