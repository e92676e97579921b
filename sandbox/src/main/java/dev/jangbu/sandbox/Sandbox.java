package dev.jangbu.sandbox;

import dev.jangbu.sandbox.control.StageSettings;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running sandbox, on the loopback interface unless it is told another. */
public final class Sandbox implements AutoCloseable {
    /**
     * How to start one.
     *
     * @param address of the interface it listens on
     * @param port 0 for any free one
     * @param hasControl whether it can be reset, moved in time and asked for the truth
     */
    public record Settings(String address, int port, boolean hasControl, StageSettings stage) {
        private static final String LOOPBACK = "127.0.0.1";

        public Settings {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
            }
        }

        /** On this machine only. */
        public Settings(int port, boolean hasControl, StageSettings stage) {
            this(LOOPBACK, port, hasControl, stage);
        }
    }

    private final ConfigurableApplicationContext context;

    private Sandbox(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Returns when it listens. */
    public static Sandbox start(Settings settings) {
        SpringApplication application = new SpringApplication(SandboxConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(Map.of(
                "server.address", settings.address(),
                "server.port", settings.port(),
                "server.error.whitelabel.enabled", "false",
                "spring.main.lazy-initialization", "false",
                // It may run within a job's tests, where there are drivers of databases it has nothing to do with.
                "spring.autoconfigure.exclude",
                        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "logging.level.root", "warn"));
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("settings", settings));
        return new Sandbox(application.run());
    }

    public int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        context.close();
    }
}
