package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.DayRules;
import dev.jangbu.transform.check.Failure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is found of a line beside others.
 *
 * @param place of the line, see {@link Place}
 * @param firstPlatform of its session, where that is another one than the line's; of at most 65 characters
 * @param bits the rest
 */
record Finding(long place, @Nullable String firstPlatform, int bits) {
    private static final int REPEATED = 1;
    private static final int BOUGHT_WITHOUT_CART = 2;
    private static final int CART_UNSEEN = 4;
    private static final int SESSION_FAILS_HERE = 8;
    private static final int OTHER_PLATFORM = 16;

    static Finding nothing(long place) {
        return new Finding(place, null, 0);
    }

    static Finding repeated(long place) {
        return new Finding(place, null, REPEATED);
    }

    /** What is found of a line by its session, when all its lines have been seen. */
    static Finding ofSession(long place, @Nullable String firstPlatform, Sessions sessions, int session) {
        int bits = 0;
        long failing = sessions.boughtWithoutCart(session);
        if (failing != Sessions.NEVER) {
            bits = BOUGHT_WITHOUT_CART;
        } else {
            failing = sessions.cartUnseen(session);
            bits = failing == Sessions.NEVER ? 0 : CART_UNSEEN;
        }
        return new Finding(place, firstPlatform, failing == place ? bits | SESSION_FAILS_HERE : bits);
    }

    boolean isNothing() {
        return bits == 0 && firstPlatform == null;
    }

    boolean isRepeated() {
        return (bits & REPEATED) != 0;
    }

    /** Why the line's session fails {@code funnel_sequence}; null when it passes. */
    @Nullable
    Failure funnel() {
        if ((bits & BOUGHT_WITHOUT_CART) != 0) {
            return DayRules.BOUGHT_WITHOUT_CART;
        }
        return (bits & CART_UNSEEN) != 0 ? DayRules.CART_UNSEEN : null;
    }

    /** Whether this is the line at which the session went wrong: each failing session is counted there. */
    boolean isWhereSessionFails() {
        return (bits & SESSION_FAILS_HERE) != 0;
    }

    /** Both of one line. */
    Finding and(Finding other) {
        return new Finding(place, firstPlatform == null ? other.firstPlatform : firstPlatform, bits | other.bits);
    }

    void write(DataOutputStream file) throws IOException {
        file.writeLong(place);
        file.writeByte(firstPlatform == null ? bits : bits | OTHER_PLATFORM);
        if (firstPlatform != null) {
            file.writeUTF(firstPlatform);
        }
    }

    static Finding read(DataInputStream file) throws IOException {
        long place = file.readLong();
        int bits = file.readByte();
        boolean isOther = (bits & OTHER_PLATFORM) != 0;
        return new Finding(place, isOther ? file.readUTF() : null, bits & ~OTHER_PLATFORM);
    }
}
