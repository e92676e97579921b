/**
 * What a behaviour event must be: the fields and limits of the published contract, and what a shop's profile sets
 * differently. Values only; the judging is in the packages that check.
 */
@NullMarked
package dev.jangbu.transform.contract;

import org.jspecify.annotations.NullMarked;
