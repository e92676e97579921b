/**
 * The folders the jobs hand files over in, and the manifest that commits them. One writer a place.
 */
@NullMarked
package dev.jangbu.kit.workspace;

import org.jspecify.annotations.NullMarked;
