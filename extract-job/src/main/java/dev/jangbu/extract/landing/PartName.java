package dev.jangbu.extract.landing;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of parts: {@code part-00000.jsonl}, {@code part-00001.jsonl.gz}, … */
final class PartName {
    private static final Pattern NAME = Pattern.compile("part-(\\d{5,9})(\\.jsonl(?:\\.gz)?)");

    private PartName() {}

    static String of(int number, String suffix) {
        return String.format(Locale.ROOT, "part-%05d%s", number, suffix);
    }

    /** @param path of a manifest's entry */
    static int number(String path) {
        return Integer.parseInt(matcher(path).group(1));
    }

    /** @param path of a manifest's entry */
    static String suffix(String path) {
        return matcher(path).group(2);
    }

    private static Matcher matcher(String path) {
        Matcher name = NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
        if (!name.matches()) {
            throw new IllegalArgumentException("part: " + path + " (expected: a name such as part-00000.jsonl)");
        }
        return name;
    }
}
