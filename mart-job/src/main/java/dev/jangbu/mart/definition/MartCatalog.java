package dev.jangbu.mart.definition;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The marts packaged in this jar. A new mart is a folder and a migration. Immutable. */
public final class MartCatalog {
    private static final String FOLDERS = "classpath*:sql/marts/*/metadata.yaml";

    private final Map<String, Mart> marts;

    /** @throws IllegalStateException when a mart depends on one that is not there, or on itself by way of others */
    public MartCatalog(List<Mart> marts) {
        Map<String, Mart> byName = new TreeMap<>();
        marts.forEach(mart -> byName.put(mart.name(), mart));
        this.marts = inOrder(byName, Comparator.comparing(Mart::name));
    }

    /** @throws IllegalStateException when a packaged folder is wrong */
    public static MartCatalog packaged() {
        try {
            Resource[] folders = new PathMatchingResourcePatternResolver().getResources(FOLDERS);
            return new MartCatalog(Arrays.stream(folders)
                    .map(folder -> new MartFolder(folder).read())
                    .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException("the packaged marts cannot be read", failure);
        }
    }

    /**
     * One packaged mart, read without the others: a build's start does not grow with the number of marts.
     *
     * @throws JobFailure with {@link ExitCode#USAGE} when there is none of that name
     */
    public static Mart packaged(String name) {
        Resource folder = new ClassPathResource("sql/marts/" + name + "/metadata.yaml");
        if (Identifier.isName(name) && folder.exists()) {
            return new MartFolder(folder).read();
        }
        return packaged().named(name);
    }

    /** All marts, each after those it depends on, else by name. */
    public List<Mart> all() {
        return List.copyOf(marts.values());
    }

    /** All marts, each after those it depends on, else the dearest first: begun last, it would be waited for alone. */
    public List<Mart> inBuildingOrder() {
        Comparator<Mart> dearestFirst =
                Comparator.<Mart>comparingInt(mart -> mart.metadata().cost()).reversed();
        return List.copyOf(
                inOrder(marts, dearestFirst.thenComparing(Mart::name)).values());
    }

    /** Those of one dataset, in building order; none is a usage error, for a name may be misspelt. */
    public List<Mart> ofDataset(String dataset) {
        return select(dataset, mart -> mart.metadata().source().dataset().equals(dataset));
    }

    /** Those that records of a dataset are in, also beside those of another, in building order. */
    public List<Mart> reading(String dataset) {
        return select(dataset, mart -> mart.metadata().reads(dataset));
    }

    private List<Mart> select(String dataset, Predicate<Mart> isMeant) {
        List<Mart> its = inBuildingOrder().stream().filter(isMeant).toList();
        if (its.isEmpty()) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--dataset: " + dataset + " (expected: "
                            + marts.values().stream()
                                    .map(mart -> mart.metadata().source().dataset())
                                    .distinct()
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + ")");
        }
        return its;
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when there is none of that name */
    public Mart named(String name) {
        Mart mart = marts.get(name);
        if (mart == null) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--mart: " + name + " (expected: " + String.join(", ", marts.keySet()) + ", or all)");
        }
        return mart;
    }

    private static Map<String, Mart> inOrder(Map<String, Mart> byName, Comparator<Mart> order) {
        Map<String, Mart> ordered = new LinkedHashMap<>();
        List<Mart> waiting = new ArrayList<>(byName.values());
        while (!waiting.isEmpty()) {
            List<Mart> ready = waiting.stream()
                    .filter(mart -> ordered.keySet().containsAll(mart.metadata().dependsOn()))
                    .sorted(order)
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("depends_on of "
                        + waiting.stream().map(Mart::name).toList() + ": a circle, or a mart that is not there");
            }
            ready.forEach(mart -> ordered.put(mart.name(), mart));
            waiting.removeAll(ready);
        }
        return ordered;
    }
}
