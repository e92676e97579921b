package dev.jangbu.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running server. */
public final class SearchApi implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private SearchApi(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Returns when it listens. */
    public static SearchApi start(SearchSettings settings) {
        SpringApplication application = new SpringApplication(SearchConfiguration.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties(settings));
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("settings", settings));
        return new SearchApi(application.run());
    }

    public int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }

    /** Bounds on what a request may be and may hold, for a process of half a gigabyte. */
    private static Map<String, Object> properties(SearchSettings settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.address", settings.address());
        properties.put("server.port", settings.port());
        properties.put("server.shutdown", "graceful");
        properties.put("server.max-http-request-header-size", "8KB");
        properties.put("server.tomcat.use-relative-redirects", "true");
        properties.put("server.tomcat.max-http-form-post-size", "16KB");
        properties.put("server.tomcat.max-swallow-size", "64KB");
        properties.put("server.tomcat.max-parameter-count", "50");
        properties.put("server.tomcat.threads.max", "32");
        properties.put("server.tomcat.max-connections", "1000");
        properties.put("server.tomcat.connection-timeout", "10s");
        properties.put("server.compression.enabled", "true");
        properties.put("server.compression.mime-types", "application/json,text/csv,text/html,text/css");
        properties.put("server.servlet.session.timeout", "8h");
        properties.put("server.servlet.session.tracking-modes", "cookie");
        properties.put("server.servlet.session.cookie.name", "jangbu");
        properties.put("server.servlet.session.cookie.http-only", "true");
        properties.put("server.servlet.session.cookie.same-site", "strict");
        properties.put("server.servlet.session.cookie.secure", settings.hasSecureCookie());
        // What a caller mistypes is told to the caller.
        properties.put("logging.level.org.springframework.web.servlet.PageNotFound", "error");
        properties.put("spring.web.resources.add-mappings", "false");
        properties.put("spring.web.error.whitelabel.enabled", "false");
        properties.put("spring.main.lazy-initialization", "false");
        // The connections are its own, and no job runs here.
        properties.put(
                "spring.autoconfigure.exclude",
                String.join(
                        ",",
                        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                        "org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration",
                        "org.springframework.boot.batch.autoconfigure.BatchJobLauncherAutoConfiguration",
                        "org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration",
                        "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
                        "org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet"
                                + ".OAuth2ResourceServerAutoConfiguration"));
        return properties;
    }
}
