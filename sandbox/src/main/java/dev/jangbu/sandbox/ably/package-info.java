/**
 * Ably's seller admin: pages that need a browser, a log-in that locks, and the seller's own export. The markup is ours; Ably's is not public.
 */
@NullMarked
package dev.jangbu.sandbox.ably;

import org.jspecify.annotations.NullMarked;
