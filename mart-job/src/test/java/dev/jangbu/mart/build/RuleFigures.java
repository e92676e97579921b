package dev.jangbu.mart.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** How many sales each rule should find and found, of one seed or of several together. */
final class RuleFigures {
    private final Map<String, List<Counts>> byRule = new TreeMap<>();

    /**
     * One rule and seed.
     *
     * @param right found, and planted for the rule
     * @param wrong found, and honest
     * @param others found, and planted for another rule: neither right nor wrong
     * @param near honest, and made to come near to the rule
     * @param nearFound of these, found; among the wrong ones
     */
    private record Counts(long planted, long right, long wrong, long others, long near, long nearFound) {
        static Counts none() {
            return new Counts(0, 0, 0, 0, 0, 0);
        }

        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }

        double recall() {
            return planted == 0 ? 1 : (double) right / planted;
        }

        Counts plus(Counts other) {
            return new Counts(
                    planted + other.planted,
                    right + other.right,
                    wrong + other.wrong,
                    others + other.others,
                    near + other.near,
                    nearFound + other.nearFound);
        }
    }

    /** @param rows rule, planted, right, wrong, of other rules, near-misses, of them found, between bars */
    static RuleFigures of(List<String> rows) {
        RuleFigures figures = new RuleFigures();
        for (String row : rows) {
            String[] cell = row.split("\\|", -1);
            List<Long> numbers = Stream.of(cell).skip(1).map(Long::valueOf).toList();
            Counts counts = new Counts(
                    numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3), numbers.get(4), numbers.get(5));
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
                .append("| rule | planted | found of them | found, honest | near-misses, of them found ")
                .append("| found, planted for another rule | precision | recall |\n")
                .append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (String rule : byRule.keySet()) {
            Counts all = together(rule);
            table.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %,d | %,d | %,d | %s | %,d | %s | %s |%n",
                    rule,
                    all.planted(),
                    all.right(),
                    all.wrong(),
                    all.near() == 0 ? "" : String.format(Locale.ROOT, "%,d, %,d", all.near(), all.nearFound()),
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
        return byRule.getOrDefault(rule, List.of()).stream().reduce(Counts.none(), Counts::plus);
    }
}
