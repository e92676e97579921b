package dev.jangbu.extract.account;

/** A platform's answer that only the account's owner can do something about. */
public final class NeedsAttention extends Exception {
    private static final long serialVersionUID = 1;

    private final Attention attention;

    public NeedsAttention(Attention attention, String message) {
        super(message);
        this.attention = attention;
    }

    public Attention attention() {
        return attention;
    }
}
