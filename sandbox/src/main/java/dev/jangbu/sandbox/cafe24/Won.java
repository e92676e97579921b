package dev.jangbu.sandbox.cafe24;

/** Amounts as Cafe24 writes them: text with two decimals, and now and then a number. */
final class Won {
    private Won() {}

    static String text(long won) {
        return won + ".00";
    }

    static Object of(long won, boolean isNumber) {
        return isNumber ? won : text(won);
    }
}
