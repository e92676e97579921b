package dev.jangbu.transform.check;

/** What counts as blank: nothing but white space as ECMAScript has it, the wide blank of Korean keyboards included. */
final class Blank {
    private static final String SPACES =
            "\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
                    + "\u2028\u2029\u202f\u205f\u3000\ufeff";

    private Blank() {}

    static boolean is(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (SPACES.indexOf(text.charAt(at)) < 0) {
                return false;
            }
        }
        return true;
    }
}
