package dev.jangbu.extract.onlineretail;

import java.time.LocalDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A sold line, and what of it was taken back since. */
final class Sale {
    private final InvoiceLine line;
    private final long sold;
    private long canceled;
    private @Nullable InvoiceLine lastCancellation;

    Sale(InvoiceLine line) {
        this.line = line;
        this.sold = line.pieces().orElse(0);
    }

    InvoiceLine line() {
        return line;
    }

    /** Pieces that were taken back. */
    long canceled() {
        return canceled;
    }

    /** Pieces that may still be taken back; none of a line that sold nothing. */
    long left() {
        return Math.max(0, sold - canceled);
    }

    /** When last something was taken back, in the shop's local time; null where nothing was. */
    @Nullable
    LocalDateTime canceledAt() {
        return lastCancellation == null ? null : lastCancellation.at();
    }

    /** The invoice that last took something back; null where none did. */
    @Nullable
    String cancelInvoice() {
        return lastCancellation == null ? null : lastCancellation.invoice();
    }

    void takeBack(long pieces, InvoiceLine cancellation) {
        if (pieces > left()) {
            throw new IllegalArgumentException("pieces: " + pieces + " (expected: at most " + left() + ")");
        }
        canceled += pieces;
        lastCancellation = Objects.requireNonNull(cancellation, "cancellation");
    }
}
