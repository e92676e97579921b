/**
 * The search over card sales as an HTTP server: JSON and CSV for programs, pages for people. It reads what the jobs wrote;
 * all it writes is what people decide about anomalies.
 */
@NullMarked
package dev.jangbu.search;

import org.jspecify.annotations.NullMarked;
