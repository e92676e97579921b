/**
 * The bytes of a landing as a run reads them: unpacked, their digest taken, and with the corrections of earlier replays in
 * the place of the lines they correct. The landing itself is never changed.
 */
@NullMarked
package dev.jangbu.transform.landing;

import org.jspecify.annotations.NullMarked;
