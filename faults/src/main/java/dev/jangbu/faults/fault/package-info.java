/** The faults, one class a kind: what is done to the jobs, and what must hold after. */
@NullMarked
package dev.jangbu.faults.fault;

import org.jspecify.annotations.NullMarked;
