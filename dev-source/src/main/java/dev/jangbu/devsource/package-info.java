/**
 * A source database for tests and the demo: a real MariaDB, unpacked from Maven Central's binaries, with TLS, on this
 * machine only. A server is recognised by its data directory and its certificate, never by its port.
 */
@NullMarked
package dev.jangbu.devsource;

import org.jspecify.annotations.NullMarked;
