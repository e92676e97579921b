/**
 * Cafe24's Admin API: OAuth with rotating refresh tokens, a leaky bucket a mall, a quota of ten minutes, a cap on every endpoint.
 */
@NullMarked
package dev.jangbu.sandbox.cafe24;

import org.jspecify.annotations.NullMarked;
