/**
 * Naver's Commerce API: signed tokens, the feed of changed orders, details by 300 ids, a token bucket for each endpoint.
 */
@NullMarked
package dev.jangbu.sandbox.smartstore;

import org.jspecify.annotations.NullMarked;
