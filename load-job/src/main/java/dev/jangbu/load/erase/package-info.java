/**
 * Removes a person from every place that holds them, so that the books still balance, moves apart what the law wants
 * kept, and proves it. Why load-job rewrites the places of other jobs: {@code docs/decisions/0015}.
 */
@NullMarked
package dev.jangbu.load.erase;

import org.jspecify.annotations.NullMarked;
