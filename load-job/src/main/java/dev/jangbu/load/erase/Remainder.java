package dev.jangbu.load.erase;

/**
 * What is left of a file.
 *
 * @param before lines or records that were there, blank ones not counted
 * @param removed of them
 * @param bytes of the new file
 * @param sha256 of the new file
 */
record Remainder(long before, long removed, long bytes, String sha256) {
    long after() {
        return before - removed;
    }
}
