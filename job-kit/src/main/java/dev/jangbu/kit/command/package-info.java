/**
 * The command line every job shares. Usage errors and help are answered before Spring starts.
 */
@NullMarked
package dev.jangbu.kit.command;

import org.jspecify.annotations.NullMarked;
