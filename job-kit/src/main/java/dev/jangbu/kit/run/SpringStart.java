package dev.jangbu.kit.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the run's Spring context beside what the run writes down of its start: both cores work. Beans are made when
 * first asked for, so what is known later is registered after.
 */
final class SpringStart implements AutoCloseable {
    private static final Map<String, Object> DEFAULTS = Map.of(
            "spring.batch.job.enabled", "false",
            "spring.batch.jdbc.initialize-schema", "never",
            "spring.batch.jdbc.table-prefix", "batch.batch_",
            "spring.batch.jdbc.isolation-level-for-create", "read_committed",
            "spring.main.lazy-initialization", "true");

    private final CompletableFuture<ConfigurableApplicationContext> context = new CompletableFuture<>();

    private SpringStart() {}

    static SpringStart begin(Class<?> configuration, List<Object> options) {
        return begin(
                work -> {
                    Thread thread = new Thread(work, "spring");
                    thread.setDaemon(true);
                    thread.start();
                },
                configuration,
                options);
    }

    static SpringStart begin(Executor executor, Class<?> configuration, List<Object> options) {
        SpringStart start = new SpringStart();
        executor.execute(() -> start.run(configuration, options));
        return start;
    }

    /** Waits for the context. */
    ConfigurableApplicationContext context() {
        try {
            return context.join();
        } catch (CompletionException failure) {
            throw new IllegalStateException("Spring did not start", failure.getCause());
        }
    }

    static void register(ConfigurableApplicationContext spring, Object bean) {
        spring.getBeanFactory().registerSingleton(bean.getClass().getName(), bean);
    }

    /** Also before it began: then it never does. */
    @Override
    public void close() {
        context.cancel(false);
        context.thenAccept(ConfigurableApplicationContext::close).exceptionally(failure -> null);
    }

    private void run(Class<?> configuration, List<Object> options) {
        if (context.isDone()) {
            return;
        }
        try {
            ConfigurableApplicationContext started =
                    application(configuration, options).run();
            if (!context.complete(started)) {
                started.close();
            }
        } catch (RuntimeException | Error failure) {
            context.completeExceptionally(failure);
        }
    }

    private static SpringApplication application(Class<?> configuration, List<Object> options) {
        SpringApplication application = new SpringApplication(configuration, KitConfiguration.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(DEFAULTS);
        withoutFiles(application);
        application.addInitializers(spring -> options.forEach(option -> register(spring, option)));
        return application;
    }

    /** A job's settings are none of Spring's: to look for files of them takes a quarter of its start. */
    private static void withoutFiles(SpringApplication application) {
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof EnvironmentPostProcessorApplicationListener))
                .toList());
    }
}
