/**
 * Card sales as an acquirer's table holds them, drawn from a seed, with anomalies planted in known numbers. Stores, cards and
 * customs are made up; amounts are won, times Seoul's.
 */
@NullMarked
package dev.jangbu.sandbox.cards;

import org.jspecify.annotations.NullMarked;
