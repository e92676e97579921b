/** Accounts on platforms, their sealed credentials, and one renewal of a token at a time. */
@NullMarked
package dev.jangbu.extract.account;

import org.jspecify.annotations.NullMarked;
