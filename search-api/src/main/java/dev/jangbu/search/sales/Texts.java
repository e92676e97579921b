package dev.jangbu.search.sales;

import java.util.List;

/**
 * Which texts of the dictionary fit a filter.
 *
 * @param keys of them; no more than {@link #MOST} are looked for
 * @param areAll whether these are all of them
 */
record Texts(List<Long> keys, boolean areAll) {
    /** More texts than these are not gone through one by one: so many sales have one that they are soon met. */
    static final int MOST = 300;

    Texts {
        keys = List.copyOf(keys);
    }

    static Texts of(List<Long> found) {
        return found.size() > MOST ? new Texts(List.of(), false) : new Texts(found, true);
    }

    boolean areFew() {
        return areAll;
    }

    boolean areNone() {
        return areAll && keys.isEmpty();
    }
}
