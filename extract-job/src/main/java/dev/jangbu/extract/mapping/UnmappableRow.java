package dev.jangbu.extract.mapping;

/** A row the mapping cannot make a record of; it is landed as it came, with the reason, for the checks to refuse. */
final class UnmappableRow extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnmappableRow(String reason) {
        super(reason, null, false, false);
    }
}
