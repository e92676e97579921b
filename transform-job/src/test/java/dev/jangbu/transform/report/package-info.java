@NullMarked
package dev.jangbu.transform.report;

import org.jspecify.annotations.NullMarked;
