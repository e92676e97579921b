/**
 * The embedded default: a real PostgreSQL, unpacked from Maven Central's binaries, started detached and stopped on demand.
 * A server is recognised by its data directory, never by its port.
 */
@NullMarked
package dev.jangbu.devdatabase;

import org.jspecify.annotations.NullMarked;
