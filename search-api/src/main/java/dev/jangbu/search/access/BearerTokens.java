package dev.jangbu.search.access;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * What a token says of who bears it: {@code sub}, {@code tenant_id}, {@code roles} with reader or reviewer, and
 * {@code store_ids} where it is for some stores only.
 */
public final class BearerTokens {
    private final Callers callers;

    public BearerTokens(Callers callers) {
        this.callers = callers;
    }

    /** @throws InvalidBearerTokenException for a token that lacks one of these */
    public CallerAuthentication authentication(Jwt token) {
        String subject = token.getSubject();
        String tenant = token.getClaims().get("tenant_id") instanceof String text ? text : "";
        Optional<Role> role = role(token.getClaims().get("roles"));
        if (subject == null || subject.isBlank() || tenant.isBlank() || role.isEmpty()) {
            throw new InvalidBearerTokenException("claims: sub, tenant_id, roles (expected: all three)");
        }
        return new CallerAuthentication(callers.ofToken(subject, role.get(), tenant, stores(token)));
    }

    private static Optional<Role> role(@Nullable Object roles) {
        if (!(roles instanceof Collection<?> named)) {
            return Optional.empty();
        }
        return named.stream()
                .flatMap(name -> Role.of(String.valueOf(name)).stream())
                .max(Enum::compareTo);
    }

    /** A claim that cannot be read gives no store, not all of them. */
    private static @Nullable List<Long> stores(Jwt token) {
        Object stores = token.getClaims().get("store_ids");
        if (stores == null) {
            return null;
        }
        if (!(stores instanceof Collection<?> numbers) || !numbers.stream().allMatch(Number.class::isInstance)) {
            throw new InvalidBearerTokenException("store_ids: " + stores + " (expected: numbers)");
        }
        return numbers.stream().map(number -> ((Number) number).longValue()).toList();
    }
}
