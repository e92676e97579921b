package dev.jangbu.sandbox;

import dev.jangbu.sandbox.control.Stages;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The web server, with one controller for all paths. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class SandboxConfiguration {
    @Bean
    Stages stages(Sandbox.Settings settings) {
        return new Stages(settings.stage());
    }

    @Bean
    Front front(Stages stages, Sandbox.Settings settings) {
        return new Front(stages, settings.hasControl());
    }

    @Bean
    FrontController frontController(Front front) {
        return new FrontController(front);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> aborting() {
        return factory -> factory.addEngineValves(new AbortValve());
    }
}
