package dev.jangbu.transform.landing;

import java.nio.file.Path;

/**
 * The corrections of one part of a landing.
 *
 * @param file where they are, in the order of their lines; not looked at where there are none
 */
public record PartCorrections(Path file, long count) {
    public static final PartCorrections NONE = new PartCorrections(Path.of(""), 0);

    public boolean isEmpty() {
        return count == 0;
    }
}
