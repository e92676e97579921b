/**
 * What the tests of all modules share: a fresh PostgreSQL database a test, the sample data, the rules of a module's
 * architecture. No mocking library.
 */
@NullMarked
package dev.jangbu.testkit;

import org.jspecify.annotations.NullMarked;
