package dev.jangbu.search;

import dev.jangbu.search.access.BearerTokens;
import dev.jangbu.search.access.CallerFilter;
import dev.jangbu.search.access.Callers;
import dev.jangbu.search.http.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Who gets in. Programs name themselves at each request, by key or token, and have no session; people have a session of
 * which the cookie is all they hold, and a second token with everything they send.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain programs(HttpSecurity http, Callers callers, SearchSettings settings) throws Exception {
        common(http.securityMatcher("/api/**", "/search-unitprice", "/search-weekaov"), settings);
        http.csrf(AbstractHttpConfigurer::disable)
                .addFilterAfter(CallerFilter.byHeader(callers), LogoutFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/api/v1/openapi.yaml")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(failed -> failed.authenticationEntryPoint((request, response, reason) -> {
                            response.setHeader("WWW-Authenticate", "Bearer, ApiKey");
                            write(response, unknown(settings));
                        })
                        .accessDeniedHandler((request, response, reason) ->
                                write(response, Problem.of(403, "Forbidden", "not allowed"))));
        SearchSettings.Tokens tokens = settings.tokens();
        if (tokens != null) {
            BearerTokens bearers = new BearerTokens(callers);
            http.oauth2ResourceServer(server -> server.authenticationEntryPoint((request, response, reason) -> {
                        response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
                        write(
                                response,
                                Problem.of(401, "Unauthorized", "the token does not open; it may have expired"));
                    })
                    .jwt(jwt -> jwt.decoder(decoder(tokens)).jwtAuthenticationConverter(bearers::authentication)));
        }
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http, Callers callers, SearchSettings settings) throws Exception {
        common(http, settings);
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("jangbu-form");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict").secure(settings.hasSecureCookie()));
        http.csrf(csrf -> csrf.csrfTokenRepository(tokens)
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
                .addFilterAfter(CallerFilter.bySession(callers), LogoutFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/login", "/style.css", "/icon.svg", "/health")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(failed -> failed.authenticationEntryPoint(
                                (request, response, reason) -> response.sendRedirect("/login"))
                        .accessDeniedHandler((request, response, reason) -> {
                            response.setStatus(403);
                            response.setContentType("text/plain;charset=UTF-8");
                            response.getWriter().write("다시 로그인한 뒤 시도해 주세요. Log in again, then try once more.\n");
                        }));
        return http.build();
    }

    /** What both have, and what neither has. */
    private static void common(HttpSecurity http, SearchSettings settings) {
        RateLimit limit = new RateLimit(settings.requestsASecond(), Clock.systemUTC());
        // A page's session is begun by Login and by nothing else, and holds no more than a key's hash.
        http.securityContext(
                        security -> security.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .sessionManagement(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterAfter(limit, AnonymousAuthenticationFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(
                                permissions -> permissions.policy("camera=(), geolocation=(), microphone=()"))
                        .cacheControl(cache -> cache.disable()));
    }

    private static NimbusJwtDecoder decoder(SearchSettings.Tokens tokens) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withJwkSetUri(tokens.keySetUrl()).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(tokens.issuer()),
                new JwtClaimValidator<java.util.Collection<String>>(
                        "aud", named -> named != null && named.contains(tokens.audience()))));
        return decoder;
    }

    private static Problem unknown(SearchSettings settings) {
        return Problem.ofValue(
                401,
                "X-API-Key",
                "none that opens",
                settings.tokens() == null
                        ? "a key from `search-api keys add`"
                        : "a key from `search-api keys add`, or Authorization: Bearer with a token");
    }

    private static void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(problem.json());
    }
}
