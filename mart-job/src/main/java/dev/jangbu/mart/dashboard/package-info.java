/**
 * The quality of many days at a glance: one self-contained page and a screenful of text, from the database or from the
 * report files alone. What it shows is counts; no record, no reason that quotes one.
 */
@NullMarked
package dev.jangbu.mart.dashboard;

import org.jspecify.annotations.NullMarked;
