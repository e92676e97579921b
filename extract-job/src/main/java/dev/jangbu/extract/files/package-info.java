/**
 * Real logs from files: lines that are already in the contract's shape, byte for byte, or rows mapped by a mapping file.
 */
@NullMarked
package dev.jangbu.extract.files;

import org.jspecify.annotations.NullMarked;
