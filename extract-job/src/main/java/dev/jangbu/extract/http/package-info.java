/**
 * How a platform is asked: calls within a budget, at the pace the platform allows, repeated only where that can help. What
 * a platform's answers mean is its own package's matter, a {@link dev.jangbu.extract.http.Dialect}.
 */
@NullMarked
package dev.jangbu.extract.http;

import org.jspecify.annotations.NullMarked;
