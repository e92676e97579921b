/** How a job ends: the exit codes, and the failure that carries one. Every other room of the kit may use it. */
@NullMarked
package dev.jangbu.kit.exit;

import org.jspecify.annotations.NullMarked;
