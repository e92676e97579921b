/**
 * Google Analytics 4: tokens for signed assertions, and runReport with its quotas.
 */
@NullMarked
package dev.jangbu.sandbox.analytics;

import org.jspecify.annotations.NullMarked;
