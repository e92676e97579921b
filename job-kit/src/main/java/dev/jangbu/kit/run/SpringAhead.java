package dev.jangbu.kit.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The Spring contexts of several runs of one process: each is started in the background, in order, while runs before it work,
 * so that a run waits for its lock and not for Spring. Closing ends those that no run took. For many threads.
 */
public final class SpringAhead implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread spring = new Thread(work, "spring");
        spring.setDaemon(true);
        return spring;
    });
    private final Map<Object, SpringStart> starts;

    private SpringAhead(Class<?> configuration, List<?> options) {
        this.starts = options.stream()
                .collect(Collectors.toMap(
                        Function.identity(), option -> SpringStart.begin(thread, configuration, List.of(option))));
    }

    /**
     * @param configuration of all of them, with exactly one {@code Job} bean, made with {@link Steps}
     * @param options each of another run, and a bean of its context
     */
    public static SpringAhead begin(Class<?> configuration, List<?> options) {
        return new SpringAhead(configuration, options);
    }

    /** The caller closes it. */
    SpringStart of(Object option) {
        SpringStart start = starts.get(option);
        if (start == null) {
            throw new IllegalArgumentException("option: none of those whose contexts were begun");
        }
        return start;
    }

    @Override
    public void close() {
        starts.values().forEach(SpringStart::close);
        thread.shutdown();
    }
}
