package dev.jangbu.load.clean;

/** A clean file says something in another way than nearly all do; PostgreSQL is to read it itself. */
final class UnusualCsv extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusualCsv(String what) {
        super(what, null, false, false);
    }
}
