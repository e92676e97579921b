/** A network that fails where it is told to: a proxy before PostgreSQL that understands enough of its protocol. */
@NullMarked
package dev.jangbu.faults.proxy;

import org.jspecify.annotations.NullMarked;
