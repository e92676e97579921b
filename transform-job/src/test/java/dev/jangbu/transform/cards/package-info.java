@NullMarked
package dev.jangbu.transform.cards;

import org.jspecify.annotations.NullMarked;
