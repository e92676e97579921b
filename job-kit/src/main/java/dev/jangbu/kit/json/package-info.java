/**
 * Jackson as every job uses it: strict limits, no duplicate keys, exact decimals.
 */
@NullMarked
package dev.jangbu.kit.json;

import org.jspecify.annotations.NullMarked;
