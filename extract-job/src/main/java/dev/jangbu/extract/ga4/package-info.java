/**
 * Google Analytics: sessions of each day by where visitors came from. GA4 by its Data API; what Universal Analytics counted
 * before it from an export, since Google answers for it no more.
 */
@NullMarked
package dev.jangbu.extract.ga4;

import org.jspecify.annotations.NullMarked;
