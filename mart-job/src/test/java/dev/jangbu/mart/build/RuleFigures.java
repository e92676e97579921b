package dev.jangbu.mart.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** How many sales each rule should find and found, of one seed or of several together. */
final class RuleFigures {
    private final Map<String, List<Counts>> byRule = new TreeMap<>();

    /**
     * One rule and seed.
     *
     * @param right found, and planted for the rule
     * @param wrong found, and honest
     * @param others found, and planted for another rule: neither right nor wrong
     */
    private record Counts(long planted, long right, long wrong, long others) {
        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }

        double recall() {
            return planted == 0 ? 1 : (double) right / planted;
        }

        Counts plus(Counts other) {
            return new Counts(planted + other.planted, right + other.right, wrong + other.wrong, others + other.others);
        }
    }

    /** @param rows rule, planted, right, wrong, of other rules, between bars */
    static RuleFigures of(List<String> rows) {
        RuleFigures figures = new RuleFigures();
        for (String row : rows) {
            String[] cell = row.split("\\|", -1);
            Counts counts = new Counts(
                    Long.parseLong(cell[1]), Long.parseLong(cell[2]), Long.parseLong(cell[3]), Long.parseLong(cell[4]));
            figures.byRule.put(cell[0], new ArrayList<>(List.of(counts)));
        }
        return figures;
    }

    /** Further seeds. */
    void add(RuleFigures more) {
        more.byRule.forEach((rule, counts) ->
                byRule.computeIfAbsent(rule, first -> new ArrayList<>()).addAll(counts));
    }

    double precision(String rule) {
        return together(rule).precision();
    }

    double recall(String rule) {
        return together(rule).recall();
    }

    /** In Markdown; in brackets the least and the most of a seed. */
    String table() {
        StringBuilder table = new StringBuilder()
                .append("| rule | planted | found of them | found, honest | found, planted for another rule ")
                .append("| precision | recall |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (String rule : byRule.keySet()) {
            Counts all = together(rule);
            table.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %,d | %,d | %,d | %,d | %s | %s |%n",
                    rule,
                    all.planted(),
                    all.right(),
                    all.wrong(),
                    all.others(),
                    share(rule, Counts::precision),
                    share(rule, Counts::recall)));
        }
        return table.toString();
    }

    private String share(String rule, ToDoubleFunction<Counts> share) {
        List<Double> sorted = byRule.getOrDefault(rule, List.of()).stream()
                .map(share::applyAsDouble)
                .sorted()
                .toList();
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f–%.3f)",
                share.applyAsDouble(together(rule)),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    private Counts together(String rule) {
        return byRule.getOrDefault(rule, List.of()).stream().reduce(new Counts(0, 0, 0, 0), Counts::plus);
    }
}
