/** Whether the oracle sees what it should. */
@NullMarked
package dev.jangbu.faults.oracle;

import org.jspecify.annotations.NullMarked;
