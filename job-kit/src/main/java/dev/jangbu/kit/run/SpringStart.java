package dev.jangbu.kit.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
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

    private final CompletableFuture<ConfigurableApplicationContext> context;

    private SpringStart(CompletableFuture<ConfigurableApplicationContext> context) {
        this.context = context;
    }

    static SpringStart begin(Class<?> configuration, List<Object> options) {
        CompletableFuture<ConfigurableApplicationContext> context = new CompletableFuture<>();
        Thread thread = new Thread(() -> start(configuration, options, context), "spring");
        thread.setDaemon(true);
        thread.start();
        return new SpringStart(context);
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

    @Override
    public void close() {
        context.thenAccept(ConfigurableApplicationContext::close).exceptionally(failure -> null);
    }

    private static void start(
            Class<?> configuration, List<Object> options, CompletableFuture<ConfigurableApplicationContext> context) {
        try {
            context.complete(application(configuration, options).run());
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
        application.addInitializers(spring -> options.forEach(option -> register(spring, option)));
        return application;
    }
}
